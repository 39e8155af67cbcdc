export { type Cache, type CacheOptions, type CacheQuestion, createCache } from './cache.ts'
