import type { Readable } from 'node:stream'

/**
 * What a handler answers. A string body is finished JSON text, usually built by Postgres, and goes out as it is; a stream goes
 * out as fast as the client takes it, where the route's contract says `stream`.
 */
export type Answer = {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** A single resource with its version, which becomes the ETag. */
export type Versioned = { readonly json: string; readonly version: number }

export function ok(body: unknown): Answer {
  return { status: 200, body }
}

/** 200 with an ETag. */
export function resource(found: Versioned): Answer {
  return { status: 200, body: found.json, headers: { etag: `"${found.version}"` } }
}

/** 201 with `Location` and, where the resource has a version, an ETag. */
export function created(location: string, made: Versioned): Answer {
  return { status: 201, body: made.json, headers: { location, etag: `"${made.version}"` } }
}

export function accepted(body: unknown): Answer {
  return { status: 202, body }
}

export const noContent: Answer = { status: 204 }

/**
 * 200 with a body that is made while it is sent. The source is read no faster than the client reads, and destroyed when the client
 * goes away or the route's deadline passes; when it fails after its first byte the connection breaks, so nobody takes half for whole.
 */
export function streamed(
  contentType: string,
  source: Readable,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status: 200, body: source, headers: { ...headers, 'content-type': contentType } }
}
