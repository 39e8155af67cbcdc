/** One message of `text/event-stream`. What a message does not say is undefined. */
export type SseMessage = {
  readonly id: string | undefined
  readonly event: string | undefined
  readonly data: string | undefined
  readonly retryMs: number | undefined
}

/** Longer than any message of the API by far: what does not end is no event stream. */
const LONGEST_MESSAGE = 8 * 1024 * 1024

/** The messages in a stream of bytes, however these are cut into chunks. The last one counts only if it is whole. */
export async function* messagesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<SseMessage> {
  const decoder = new TextDecoder()
  let unread = ''
  for await (const chunk of chunks) {
    unread += decoder.decode(chunk, { stream: true })
    const messages = unread.split(/\r\n\r\n|\n\n/)
    unread = messages.pop() ?? ''
    if (unread.length > LONGEST_MESSAGE) throw new Error('The event stream has a message that does not end')
    for (const message of messages) yield messageOf(message)
  }
}

function messageOf(text: string): SseMessage {
  const fields = new Map<string, string>()
  for (const line of text.split(/\r\n|\n/)) {
    const [, name = '', value = ''] = /^([a-z]+): ?(.*)$/.exec(line) ?? []
    const before = fields.get(name)
    fields.set(name, name === 'data' && before !== undefined ? `${before}\n${value}` : value)
  }
  const retry = fields.get('retry')
  return {
    id: fields.get('id'),
    event: fields.get('event'),
    data: fields.get('data'),
    retryMs: retry !== undefined && /^\d{1,7}$/.test(retry) ? Number(retry) : undefined,
  }
}
