const SHORTEST_TRIGRAM = 3
const MAX_WORDS = [0, 1, 2, 3, 4, 5]

/** Filters `word0`, `word1`, … of a list over `search_text`: parts of words, or starts of words too short for a trigram. */
export function searchWords(q: string | undefined): Record<string, string> {
  if (q === undefined) return {}
  return Object.fromEntries(q.split(/\s+/).map((word, index) => [`word${index}`, likePattern(word)]))
}

/** The conditions that go with `searchWords`. */
export function searchFilters(alias: string): Record<string, string> {
  return Object.fromEntries(MAX_WORDS.map((index) => [`word${index}`, `${alias}.search_text LIKE fold($?)`]))
}

function likePattern(word: string): string {
  const escaped = word.replaceAll(/[\\%_]/g, (character) => `\\${character}`)
  return word.length < SHORTEST_TRIGRAM ? `% ${escaped}%` : `%${escaped}%`
}
