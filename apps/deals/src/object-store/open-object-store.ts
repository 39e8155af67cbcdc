import { openDiskStore } from './disk-store.ts'
import type { ObjectStore } from './object-store.ts'

type StoreConfig = {
  readonly FILES_DIR: string
  readonly S3_BUCKET?: string | undefined
  readonly S3_REGION: string
  readonly S3_ENDPOINT?: string | undefined
  readonly S3_ACCESS_KEY_ID?: string | undefined
  readonly S3_SECRET_ACCESS_KEY?: string | undefined
}

/** The bucket when one is named, else the folder. S3's library is large, so it is loaded only where it is used. */
export async function openObjectStore(config: StoreConfig): Promise<ObjectStore> {
  if (config.S3_BUCKET === undefined) return openDiskStore(config.FILES_DIR)
  const { openS3Store } = await import('./s3-store.ts')
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = config
  return openS3Store({
    bucket: config.S3_BUCKET,
    region: config.S3_REGION,
    endpoint: config.S3_ENDPOINT,
    credentials:
      accessKeyId === undefined || secretAccessKey === undefined ? undefined : { accessKeyId, secretAccessKey },
  })
}
