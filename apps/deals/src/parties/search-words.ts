const PHONE_LIKE = /^[\d\s()+.-]{3,}$/
const SHORTEST_TRIGRAM = 3

/** Filters `word0`, `word1`, … of a list over `search_text`: parts of words, or starts of words too short for a trigram. */
export function searchWords(q: string | undefined): Record<string, string> {
  if (q === undefined) return {}
  const words = PHONE_LIKE.test(q) ? [q.replaceAll(/\D/g, '')] : q.split(/\s+/)
  return Object.fromEntries(words.map((word, index) => [`word${index}`, likePattern(word)]))
}

function likePattern(word: string): string {
  const escaped = word.replaceAll(/[\\%_]/g, (character) => `\\${character}`)
  return word.length < SHORTEST_TRIGRAM ? `% ${escaped}%` : `%${escaped}%`
}

/** The conditions that go with `searchWords`, for up to six words. */
export function searchFilters(alias: string): Record<string, string> {
  return Object.fromEntries([0, 1, 2, 3, 4, 5].map((index) => [`word${index}`, `${alias}.search_text LIKE fold($?)`]))
}
