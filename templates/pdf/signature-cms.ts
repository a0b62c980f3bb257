import { createHash, createPrivateKey, type KeyObject, sign, X509Certificate } from 'node:crypto';
import forge from 'node-forge';

const { asn1 } = forge;
const { Class, Type } = asn1;
type Asn1 = forge.asn1.Asn1;

/** An RSA key with its certificate, as the signature names them. */
export interface SigningKey {
  privateKey: KeyObject;
  /** DER; the signer's own certificate first, then those of its issuers. */
  certificates: readonly Uint8Array[];
  commonName: string;
  /** Whether nobody but the key itself vouches for the certificate. */
  selfSigned: boolean;
  /** The last moment at which the certificate counts, in milliseconds. */
  validUntilMs: number;
}

const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  sha256: '2.16.840.1.101.3.4.2.1',
  rsaEncryption: '1.2.840.113549.1.1.1',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
};

/** Reads key and certificates from a PKCS#12 file. Throws for a wrong passphrase, a missing part, a key that is not RSA. */
export function readSigningKey(p12: Uint8Array, passphrase: string): SigningKey {
  const store = forge.pkcs12.pkcs12FromAsn1(asn1.fromDer(binary(p12)), passphrase);
  const bags = store.safeContents.flatMap(({ safeBags }) => safeBags);
  const key = bags.find((bag) => bag.key != null)?.key;
  if (key == null) throw new Error('The PKCS#12 file holds no RSA key.');
  const privateKey = createPrivateKey(forge.pki.privateKeyToPem(key));
  const certificates = bags
    .flatMap(({ cert }) => (cert === undefined ? [] : [cert]))
    .map((cert) => new X509Certificate(bytes(asn1.toDer(forge.pki.certificateToAsn1(cert)).getBytes())));
  const own = certificates.find((certificate) => certificate.checkPrivateKey(privateKey));
  if (own === undefined) throw new Error('The PKCS#12 file holds no certificate for its key.');
  const others = certificates.filter((certificate) => certificate !== own);
  return {
    privateKey,
    certificates: [own, ...others].map(({ raw }) => raw),
    commonName: /^CN=(.*)$/m.exec(own.subject)?.[1] ?? own.subject,
    selfSigned: own.subject === own.issuer,
    validUntilMs: Date.parse(own.validTo),
  };
}

/** More bytes than a signature with this key takes. */
export function cmsSize({ privateKey, certificates }: SigningKey): number {
  const modulus = (privateKey.asymmetricKeyDetails?.modulusLength ?? 4096) / 8;
  const own = certificates[0]?.length ?? 0;
  return certificates.reduce((sum, { length }) => sum + length, own) + modulus + 512;
}

/**
 * A detached CMS signature as PAdES asks for it (ETSI EN 319 142-1): SHA-256 with RSA, the signing certificate among the
 * signed attributes, no time of its own. RSA by PKCS#1 v1.5 takes no random number: same content, same bytes.
 */
export function cmsSignature(content: Uint8Array, { privateKey, certificates }: SigningKey): Buffer {
  const [own] = certificates;
  if (own === undefined) throw new Error('A signature needs a certificate.');
  const attributes = [
    attribute(OID.contentType, oid(OID.data)),
    attribute(OID.messageDigest, octets(sha256(content))),
    attribute(OID.signingCertificateV2, sequence([sequence([sequence([octets(sha256(own))])])])),
  ]
    .map((value) => ({ value, der: asn1.toDer(value).getBytes() }))
    .sort((a, b) => (a.der < b.der ? -1 : 1))
    .map(({ value }) => value);
  const signature = sign('sha256', bytes(asn1.toDer(set(attributes)).getBytes()), privateKey);
  const signer = sequence([
    version(1),
    issuerAndSerial(own),
    algorithm(OID.sha256),
    context(0, attributes),
    algorithm(OID.rsaEncryption),
    octets(signature),
  ]);
  const signedData = sequence([
    version(1),
    set([algorithm(OID.sha256)]),
    sequence([oid(OID.data)]),
    context(0, certificates.map(parsed)),
    set([signer]),
  ]);
  return bytes(asn1.toDer(sequence([oid(OID.signedData), context(0, [signedData])])).getBytes());
}

/** The issuer's name and the serial number, letter by letter as the certificate has them. */
function issuerAndSerial(certificate: Uint8Array): Asn1 {
  const [tbs] = children(parsed(certificate));
  const fields = tbs === undefined ? [] : children(tbs);
  const start = fields[0]?.tagClass === Class.CONTEXT_SPECIFIC ? 1 : 0;
  const [serial, , issuer] = fields.slice(start);
  if (serial === undefined || issuer === undefined)
    throw new Error('The signing certificate cannot be read.');
  return sequence([issuer, serial]);
}

function children(node: Asn1): Asn1[] {
  return typeof node.value === 'string' ? [] : node.value;
}

const parsed = (der: Uint8Array): Asn1 => asn1.fromDer(binary(der));
const sequence = (values: Asn1[]) => asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, values);
const set = (values: Asn1[]) => asn1.create(Class.UNIVERSAL, Type.SET, true, values);
const context = (tag: number, values: Asn1[]) => asn1.create(Class.CONTEXT_SPECIFIC, tag, true, values);
const octets = (value: Uint8Array) => asn1.create(Class.UNIVERSAL, Type.OCTETSTRING, false, binary(value));
const version = (value: number) =>
  asn1.create(Class.UNIVERSAL, Type.INTEGER, false, asn1.integerToDer(value).getBytes());
const oid = (value: string) => asn1.create(Class.UNIVERSAL, Type.OID, false, asn1.oidToDer(value).getBytes());
const attribute = (type: string, value: Asn1) => sequence([oid(type), set([value])]);
const algorithm = (type: string) => sequence([oid(type), asn1.create(Class.UNIVERSAL, Type.NULL, false, '')]);

const sha256 = (content: Uint8Array): Buffer => createHash('sha256').update(content).digest();
const binary = (content: Uint8Array): string => Buffer.from(content).toString('latin1');
const bytes = (content: string): Buffer => Buffer.from(content, 'latin1');
