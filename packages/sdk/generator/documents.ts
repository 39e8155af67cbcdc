import type { Schema } from './type-of.ts'

type Content = Readonly<Record<string, { readonly schema: Schema }>>

export type Parameter = {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly description?: string
  readonly schema: Schema
}

export type Operation = {
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly parameters: readonly (Parameter | { readonly $ref: string })[]
  readonly requestBody?: { readonly required: boolean; readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
  readonly 'x-rate-class': string
}

export type OpenApi = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>
    readonly parameters: Readonly<Record<string, Parameter>>
    readonly examples: Readonly<Record<string, unknown>>
  }
}

export type AsyncApi = {
  readonly components: {
    readonly messages: Readonly<
      Record<
        string,
        { readonly name: string; readonly summary: string; readonly payload: { readonly allOf: readonly Schema[] } }
      >
    >
    readonly schemas: Readonly<Record<string, Schema>>
  }
}
