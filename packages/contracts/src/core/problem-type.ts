/** What a `code` of a problem document means: published at `/problems/:code`, where the document's `type` points. */
export type ProblemType = {
  readonly status: number
  readonly title: string
  readonly cause: string
  /** What the caller can do about it. */
  readonly fix: string
}
