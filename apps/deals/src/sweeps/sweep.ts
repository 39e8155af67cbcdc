import type { CustomFieldEntity } from '@dealwire/contracts'

/** Work on very many rows of a company that a change made necessary: batch by batch after it, by the order of ids. */
export type SweepWork =
  | {
      readonly kind: 'erase-custom-field'
      readonly argument: { readonly id: string; readonly entity: CustomFieldEntity; readonly key: string }
    }
  | {
      readonly kind: 'rescore-deals'
      /** Of some stages, or all deals of the company. */
      readonly argument: { readonly pipelineId?: string; readonly stages?: readonly string[] }
    }
  | { readonly kind: 'index-deals'; readonly argument: { readonly language: string } }

export type Sweep = SweepWork & { readonly companyId: string; readonly id: string; readonly afterId: string }
