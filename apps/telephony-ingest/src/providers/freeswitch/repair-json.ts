/**
 * Strings are matched first, and kept: only a bare token is repaired. One that never ends is matched up to the end: were it
 * no match, every quote in it would be tried, in a time that grows with the square of the body.
 */
const bareNumbers = /"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\\?$)|-?\b(?:nan|inf(?:inity)?)\b/gi

/** FreeSWITCH prints C's `nan` and `inf` into its JSON for a leg without audio; both mean "no value". */
export function parseCdrJson(text: string): unknown {
  return parse(text) ?? parse(text.replace(bareNumbers, (token) => (token.startsWith('"') ? token : 'null')))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Undefined tells the caller to repair, or to keep the text as a dead letter.
    return undefined
  }
}
