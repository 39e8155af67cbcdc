import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export type Bucket = {
  readonly url: string
  readonly objects: ReadonlyMap<string, Buffer>
  /** Uploads in parts that are neither completed nor aborted. */
  readonly unfinished: ReadonlyMap<string, Map<number, Buffer>>
  close(): Promise<void>
}

const SIGNATURE =
  /^AWS4-HMAC-SHA256 Credential=test-key\/\d{8}\/test-region\/s3\/aws4_request, SignedHeaders=[a-z0-9;-]+, Signature=[0-9a-f]{64}$/

/** A bucket named `files` that speaks as much of S3 as the store uses, and keeps what it is given. */
export async function openBucket(): Promise<Bucket> {
  const objects = new Map<string, Buffer>()
  const unfinished = new Map<string, Map<number, Buffer>>()
  let uploads = 0

  type Asked = { readonly key: string; readonly uploadId: string; readonly part: number; readonly body: Buffer }

  function complete({ key, uploadId }: Asked): string {
    const parts = [...(unfinished.get(uploadId) ?? [])].sort(([a], [b]) => a - b)
    objects.set(key, Buffer.concat(parts.map(([, part]) => part)))
    unfinished.delete(uploadId)
    return '<CompleteMultipartUploadResult/>'
  }

  function begin(): string {
    unfinished.set(`upload${++uploads}`, new Map())
    return `<InitiateMultipartUploadResult><UploadId>upload${uploads}</UploadId></InitiateMultipartUploadResult>`
  }

  const operations: Readonly<Record<string, (asked: Asked) => unknown>> = {
    'PUT object': ({ key, body }) => void objects.set(key, body),
    'GET object': ({ key }) => objects.get(key) ?? null,
    'DELETE object': ({ key }) => void objects.delete(key),
    'POST uploads': begin,
    'PUT upload': ({ uploadId, part, body }) => void unfinished.get(uploadId)?.set(part, body),
    'POST upload': complete,
    'DELETE upload': ({ uploadId }) => void unfinished.delete(uploadId),
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request)
    const { about, ...asked } = readPath(request.url ?? '/')
    if (!SIGNATURE.test(request.headers.authorization ?? '')) return void response.writeHead(403).end()
    const found = operations[`${request.method} ${about}`]?.({ ...asked, body })
    if (found === null) response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>')
    else response.writeHead(200, { etag: '"etag"' }).end(found)
  }

  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    unfinished,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function readPath(path: string) {
  const { pathname, searchParams } = new URL(path, 'http://bucket')
  const uploadId = searchParams.get('uploadId') ?? ''
  const ofOne = uploadId === '' ? 'object' : 'upload'
  return {
    about: searchParams.has('uploads') ? 'uploads' : ofOne,
    key: pathname.replace('/files/', ''),
    uploadId,
    part: Number(searchParams.get('partNumber')),
  }
}
