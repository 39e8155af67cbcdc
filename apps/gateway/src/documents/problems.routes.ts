import { problemCodes, problemTypeOf, problemTypeUri } from '@dealwire/contracts'
import { notFound } from '@dealwire/errors'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { pageStyle } from './page-style.ts'
import { type Publication, publication, publish, sendPublication, withContentPolicy } from './publication.ts'

const CONTENT_POLICY =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
const STYLE_URL = '/problems/style.css'

type Documented = { readonly html: Publication; readonly json: Publication }

/** Where the `type` of a problem document leads: what the code means, as a page for people and as JSON for programs. */
export function problemRoutes(app: FastifyInstance): void {
  const all = documented(problemListPage(), problemCodes.map(problemJson))
  const each = new Map(problemCodes.map((code) => [code as string, documented(problemPage(code), problemJson(code))]))
  const onSend = [withContentPolicy(CONTENT_POLICY)]

  publish(app, STYLE_URL, publication('text/css; charset=utf-8', pageStyle))
  app.get('/problems', { onSend }, (request, reply) => answer(request, reply, all))
  app.get<{ Params: { code: string } }>('/problems/:code', { onSend }, (request, reply) => {
    const found = each.get(request.params.code)
    if (found === undefined) throw notFound('problem', request.params.code)
    return answer(request, reply, found)
  })
}

function documented(html: string, json: unknown): Documented {
  return {
    html: publication('text/html; charset=utf-8', html),
    json: publication('application/json; charset=utf-8', JSON.stringify(json)),
  }
}

/** A browser asks for HTML by name; who does not gets JSON. */
function answer(request: FastifyRequest, reply: FastifyReply, { html, json }: Documented): Promise<FastifyReply> {
  return sendPublication(request, reply, request.headers.accept?.includes('text/html') === true ? html : json)
}

function problemJson(code: string) {
  return { type: problemTypeUri(code), code, ...problemTypeOf(code) }
}

function problemListPage(): string {
  const rows = problemCodes.map((code) => {
    const { status, title, cause } = problemTypeOf(code) ?? {}
    return `<tr><td>${status}</td><td><a href="${problemTypeUri(code)}"><code>${code}</code></a></td><td>${escapeHtml(title)}</td><td>${escapeHtml(cause)}</td></tr>`
  })
  return pageOf(
    'Problems',
    `<h1>Problems</h1><p>Errors are <code>application/problem+json</code>; <code>code</code> is one of these, and <code>type</code> leads to its page.</p>
<table><tr><th>Status</th><th>Code</th><th>Title</th><th>Cause</th></tr>${rows.join('\n')}</table>`,
  )
}

function problemPage(code: string): string {
  const { status, title, cause, fix } = problemTypeOf(code) ?? {}
  return pageOf(
    title ?? code,
    `<p><a href="/problems">Problems</a></p><h1>${escapeHtml(title)}</h1><p><code>${code}</code>, status ${status}</p>
<h2>Cause</h2><p>${escapeHtml(cause)}</p><h2>What to do</h2><p>${escapeHtml(fix)}</p>`,
  )
}

function pageOf(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><link rel="stylesheet" href="${STYLE_URL}"></head>
<body><main>${content}</main></body>
</html>
`
}

function escapeHtml(text = ''): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
