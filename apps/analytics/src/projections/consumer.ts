/** Durable name of the consumer, and of its progress. */
export const CONSUMER = 'analytics'
