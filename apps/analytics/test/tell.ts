/** Adds an event to what a history tells. */
export type Tell = (type: string, subject: string, version: number, at: number, data: Record<string, unknown>) => void
