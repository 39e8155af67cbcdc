import { expect, test } from 'vitest'
import { searchWords } from './search-words.ts'

test('each word is a condition of its own', () => {
  expect(searchWords('nino beridze')).toEqual({ word0: '%nino%', word1: '%beridze%' })
})

test('a word too short for a trigram is looked for at the start of words', () => {
  expect(searchWords('ni')).toEqual({ word0: '% ni%' })
})

test('a phone number is one word, however it is grouped', () => {
  expect(searchWords('+995 (599) 12-34')).toEqual({ word0: '%9955991234%' })
})

test('the characters that LIKE treats specially are literal', () => {
  expect(searchWords('50%_\\')).toEqual({ word0: '%50\\%\\_\\\\%' })
})
