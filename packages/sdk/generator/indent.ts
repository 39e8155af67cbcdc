/** Indents by the braces that are open at the end of the lines before. */
export function indent(text: string): string {
  let depth = 0
  const lines = text.split('\n').map((raw) => {
    const line = raw.trim()
    if (isComment(line)) return `${'  '.repeat(depth)}${line.startsWith('*') ? ' ' : ''}${line}`
    if (/^[}\])]/.test(line)) depth--
    const indented = `${'  '.repeat(depth + (isContinued(line) ? 1 : 0))}${line}`
    if (/[{[(]$/.test(line)) depth++
    return indented.trimEnd()
  })
  return lines.join('\n')
}

function isComment(line: string): boolean {
  return line.startsWith('/**') || line.startsWith('*')
}

function isContinued(line: string): boolean {
  return line.startsWith('|') || line.startsWith('send(') || line.startsWith('pagesOf(')
}
