import { Readable, Transform, type TransformCallback } from 'node:stream'
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import type { ObjectStore } from './object-store.ts'

export type S3Options = {
  readonly bucket: string
  readonly region: string
  /** Of a service that speaks S3; without one, AWS. */
  readonly endpoint?: string | undefined
  /** Without these the library looks where AWS puts them: environment, files, the machine's own role. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined
}

/** The least that S3 takes for a part; one at a time, so this is also what is held in memory. */
const PART_BYTES = 5 * 1024 * 1024
const TIMEOUT_MS = 30_000

/** Files in a bucket of S3 or of what is compatible with it. */
export function openS3Store({ bucket, region, endpoint, credentials }: S3Options): ObjectStore {
  const client = new S3Client({
    region,
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: TIMEOUT_MS },
    // Others than AWS do not know the checksums that it has lately asked for.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    ...(credentials === undefined ? {} : { credentials }),
  })
  return {
    async put(key, source, signal) {
      const counter = new ByteCounter()
      // A source that breaks must break the upload: a body that merely ends would be stored as if it were whole.
      source.once('error', (error) => counter.destroy(error))
      const params = { Bucket: bucket, Key: key, Body: source.pipe(counter) }
      const upload = new Upload({ client, params, queueSize: 1, partSize: PART_BYTES })
      const abort = () => {
        counter.destroy(new Error('The upload was broken off'))
        void upload.abort()
      }
      signal?.addEventListener('abort', abort, { once: true })
      try {
        signal?.throwIfAborted()
        await upload.done()
        return { bytes: counter.bytes }
      } finally {
        signal?.removeEventListener('abort', abort)
        source.destroy()
      }
    },
    async get(key) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
        return Body instanceof Readable ? Body : undefined
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined
        throw error
      }
    },
    async delete(key) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }))
    },
  }
}

class ByteCounter extends Transform {
  bytes = 0
  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length
    done(null, chunk)
  }
}
