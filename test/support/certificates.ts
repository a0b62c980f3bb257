import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

/** A certificate with its key, in PEM. */
export interface Certificate {
  pem: string;
  keyPem: string;
}

const DAY_MS = 86_400_000;
let serial = 1;

/** An authority that vouches for itself. */
export const authority = (name: string): Certificate => certificate({ name, issuer: null });

/** A certificate that an authority gave to a server for these hosts, or to a client (none); expired where that is asked for. */
export const issued = (issuer: Certificate, hosts: readonly string[], expired = false): Certificate =>
  certificate({ name: hosts[0] ?? 'client', issuer, hosts, expired });

function certificate(of: {
  name: string;
  issuer: Certificate | null;
  hosts?: readonly string[];
  expired?: boolean;
}): Certificate {
  const { pki } = forge;
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const made = pki.createCertificate();
  made.publicKey = pki.publicKeyFromPem(pair.publicKey);
  serial += 1;
  made.serialNumber = `01${serial.toString(16).padStart(6, '0')}`;
  made.validity.notBefore = new Date(Date.now() - 20 * DAY_MS);
  made.validity.notAfter = new Date(Date.now() + (of.expired === true ? -DAY_MS : 20 * DAY_MS));
  const subject = [{ name: 'commonName', value: of.name }];
  made.setSubject(subject);
  made.setIssuer(of.issuer === null ? subject : pki.certificateFromPem(of.issuer.pem).subject.attributes);
  made.setExtensions(
    of.issuer === null
      ? [
          { name: 'basicConstraints', cA: true, critical: true },
          { name: 'keyUsage', keyCertSign: true, digitalSignature: true },
        ]
      : [
          { name: 'basicConstraints', cA: false },
          { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
          ...(of.hosts?.length
            ? [
                {
                  name: 'subjectAltName',
                  altNames: of.hosts.map((host) =>
                    /^[\d.]+$/.test(host) ? { type: 7, ip: host } : { type: 2, value: host },
                  ),
                },
              ]
            : []),
        ],
  );
  made.sign(pki.privateKeyFromPem(of.issuer?.keyPem ?? pair.privateKey), forge.md.sha256.create());
  return { pem: pki.certificateToPem(made), keyPem: pair.privateKey };
}
