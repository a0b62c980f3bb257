import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NotFound,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { whyUnreachable } from '../domain/base/unreachable.ts';
import type { DocumentStorage } from './file-storage.ts';
import { checkedContents, isKey, keyOf, requireKey } from './key.ts';

export interface S3Settings {
  bucket: string;
  /** For servers other than Amazon's. */
  endpoint?: string | undefined;
  region?: string | undefined;
  /** Absent: the environment, the instance or the container gives them. */
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined;
  /** Each attempt, of three; 30 seconds unless given. */
  answersWithinMs?: number;
}

/**
 * Documents in a bucket of any S3 server, under the same keys as in a folder. A put is whole or not there; the server
 * checks what it received against the digest that we send, and reading checks the digest again.
 */
export function createS3Storage(settings: S3Settings): DocumentStorage {
  const { bucket, endpoint, region = 'us-east-1', credentials, answersWithinMs = 30_000 } = settings;
  const client = new S3Client({
    region,
    // Servers of one's own have no name for each bucket.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    ...(credentials === undefined ? {} : { credentials }),
    // A server that takes a request and says nothing would hold whoever waits, and what they have locked, for ever.
    requestHandler: {
      connectionTimeout: 5_000,
      requestTimeout: answersWithinMs,
      throwOnRequestTimeout: true,
    },
  });

  async function exists(key: string): Promise<boolean> {
    try {
      await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      return true;
    } catch (error) {
      if (error instanceof NotFound) return false;
      throw error;
    }
  }

  return {
    async put(bytes) {
      const { key, sha256 } = keyOf(bytes);
      if (!(await exists(key))) {
        const digest = Buffer.from(sha256, 'hex').toString('base64');
        await client.send(
          new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, ChecksumSHA256: digest }),
        );
      }
      return { key, sha256, bytes: bytes.byteLength };
    },
    async get(key) {
      requireKey(key);
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      if (Body === undefined) throw new Error(`The stored document ${key} is empty.`);
      return checkedContents(key, await Body.transformToByteArray());
    },
    async has(key) {
      requireKey(key);
      return exists(key);
    },
    async remove(key) {
      requireKey(key);
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
    async *keys() {
      let from: string | undefined;
      do {
        const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, ContinuationToken: from }));
        for (const { Key: key = '', LastModified: stored } of page.Contents ?? []) {
          if (isKey(key)) yield { key, storedMs: stored?.getTime() ?? Date.now() };
        }
        from = page.NextContinuationToken;
      } while (from !== undefined);
    },
    async probe() {
      try {
        await client.send(new HeadBucketCommand({ Bucket: bucket }));
      } catch (error) {
        throw new Error(`S3_BUCKET ${bucket}: ${refusal(error)}`, { cause: error });
      }
    },
    // A put is whole or not there.
    removeAbandoned: async () => 0,
  };
}

/** Why a bucket is not to be had: what its server answers, or what stands in the way to it. */
function refusal(error: unknown): string {
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  if (status === 404) return 'there is no such bucket';
  if (status === 401 || status === 403) return "the server refuses these keys, or this machine's role";
  if (error instanceof Error && error.name === 'CredentialsProviderError') {
    return 'no keys are set, and this machine has no role';
  }
  return whyUnreachable(error);
}
