/** One block of the manager's protocol: an event, or the answer to a command. */
export type AmiBlock = Readonly<Record<string, string>>

const MAX_BLOCK_CHARACTERS = 256 * 1024

/** Takes the stream as it comes, cut anywhere, and gives the blocks that are complete. */
export function createAmiParser(): (chunk: string) => AmiBlock[] {
  let rest = ''
  return (chunk) => {
    const blocks = (rest + chunk).split(/\r?\n\r?\n/)
    rest = blocks.pop() ?? ''
    if (rest.length > MAX_BLOCK_CHARACTERS) throw new Error('A block of the manager interface never ends')
    return blocks.map(toBlock).filter((block) => Object.keys(block).length > 0)
  }
}

/** Of a field that comes more than once (`ChanVariable`) the first is kept; the greeting has no field at all. */
function toBlock(text: string): AmiBlock {
  const fields: Record<string, string> = {}
  for (const line of text.split(/\r?\n/)) {
    const at = line.indexOf(':')
    if (at > 0 && !line.startsWith('Asterisk Call Manager')) fields[line.slice(0, at)] ??= line.slice(at + 1).trim()
  }
  return fields
}
