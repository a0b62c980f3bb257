import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { Config } from '../config.ts';

const ENCODING = 'binary/encrypted';
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const { Payload: message } = proto.temporal.api.common.v1;

export type CodecConfig = Pick<Config, 'TEMPORAL_CODEC_KEYS' | 'TEMPORAL_CODEC_PLAIN'>;

/**
 * What travels to Temporal and lies in its store: under the first key of the ring, with that key's name in the metadata, so that
 * older keys open what was written before (docs/decisions/014). Whoever has no key can neither read a history nor write what a
 * workflow would take for a command, once plain payloads are refused. Undefined where no keys are set.
 */
export function payloadCodec(config: CodecConfig): PayloadCodec | undefined {
  const { TEMPORAL_CODEC_KEYS: text, TEMPORAL_CODEC_PLAIN: plain } = config;
  if (text === undefined) return undefined;
  const ring = keyRing(text);
  const [newest] = ring;
  if (newest === undefined) throw new Error('TEMPORAL_CODEC_KEYS names no key');
  const keys = new Map(ring);
  return {
    encode: async (payloads) => payloads.map((payload) => sealed(newest, payload)),
    decode: async (payloads) => payloads.map((payload) => opened(keys, plain, payload)),
  };
}

/** For clients and workers alike: `dataConverter`. */
export function dataConverterOf(config: CodecConfig): { payloadCodecs: PayloadCodec[] } {
  const codec = payloadCodec(config);
  return { payloadCodecs: codec === undefined ? [] : [codec] };
}

function keyRing(text: string): [id: string, key: KeyObject][] {
  return text.split(',').map((entry) => {
    const at = entry.indexOf(':');
    return [entry.slice(0, at), createSecretKey(Buffer.from(entry.slice(at + 1), 'hex'))];
  });
}

function sealed([id, key]: [string, KeyObject], payload: Payload): Payload {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(id));
  const body = Buffer.concat([cipher.update(message.encode(payload).finish()), cipher.final()]);
  return {
    metadata: { encoding: Buffer.from(ENCODING), 'encryption-key-id': Buffer.from(id) },
    data: Buffer.concat([iv, cipher.getAuthTag(), body]),
  };
}

function opened(
  keys: ReadonlyMap<string, KeyObject>,
  plain: CodecConfig['TEMPORAL_CODEC_PLAIN'],
  payload: Payload,
): Payload {
  if (textOf(payload.metadata?.encoding) !== ENCODING) {
    if (plain === 'accept') return payload;
    throw new Error('a payload is not encrypted, and TEMPORAL_CODEC_PLAIN refuses that');
  }
  const id = textOf(payload.metadata?.['encryption-key-id']);
  const key = keys.get(id);
  if (key === undefined) throw new Error(`TEMPORAL_CODEC_KEYS has no key "${id.slice(0, 40)}"`);
  const bytes = payload.data ?? new Uint8Array();
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(id))
    .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  const body = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
  return message.decode(Buffer.concat([body, decipher.final()]));
}

const textOf = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('utf8');
