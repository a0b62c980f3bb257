import { createFileStorage, type DocumentStorage } from './file-storage.ts';

/** The settings that say where documents are kept. */
export interface StorageSettings {
  DOCUMENTS_DIR: string;
  S3_BUCKET?: string | undefined;
  S3_ENDPOINT?: string | undefined;
  S3_REGION?: string | undefined;
  S3_ACCESS_KEY_ID?: string | undefined;
  S3_SECRET_ACCESS_KEY?: string | undefined;
}

/** The storage by setting: a bucket where one is named, else the folder. */
export function openStorage(settings: StorageSettings): DocumentStorage {
  const { S3_BUCKET: bucket } = settings;
  if (bucket === undefined) return createFileStorage(settings.DOCUMENTS_DIR);
  let opened: Promise<DocumentStorage> | undefined;
  // Loaded when it is first used: most installations have no bucket, and the client is large.
  const open = () => {
    opened ??= import('./s3-storage.ts').then(({ createS3Storage }) =>
      createS3Storage(bucketOf(settings, bucket)),
    );
    return opened;
  };
  return {
    put: async (bytes) => (await open()).put(bytes),
    get: async (key) => (await open()).get(key),
    has: async (key) => (await open()).has(key),
    remove: async (key) => (await open()).remove(key),
    keys: async function* () {
      yield* (await open()).keys();
    },
    probe: async () => (await open()).probe(),
    removeAbandoned: async (beforeMs) => (await open()).removeAbandoned(beforeMs),
  };
}

function bucketOf(settings: StorageSettings, bucket: string) {
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = settings;
  return {
    bucket,
    endpoint: settings.S3_ENDPOINT,
    region: settings.S3_REGION,
    credentials:
      accessKeyId === undefined || secretAccessKey === undefined
        ? undefined
        : { accessKeyId, secretAccessKey },
  };
}
