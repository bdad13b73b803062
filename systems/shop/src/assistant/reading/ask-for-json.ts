import type { Logger } from '@heavylift/core'
import { ModelError } from '@heavylift/models'
import type { ChatMessage, CompleteOptions, TaskModel } from '@heavylift/models'
import { z } from 'zod'

export interface AskOptions {
  model: TaskModel
  log: Logger
  /** How long an answer may take, in milliseconds. */
  patienceMs: number
}

/** Asks for an object of a form; null when what comes is late, of another form, or nothing. Rejects when `leaving` aborts. */
export async function askForJson<Form extends z.ZodType>(
  { model, log, patienceMs }: AskOptions,
  {
    messages,
    name,
    form,
    blank,
  }: {
    messages: ChatMessage[]
    name: string
    form: Form
    /** What stands for fields that an answer leaves out: not every server holds a model to the form. */
    blank: Partial<z.infer<Form>>
  },
  asked: Pick<CompleteOptions, 'tenantId' | 'priority'>,
  leaving: AbortSignal,
): Promise<z.infer<Form> | null> {
  const signal = AbortSignal.any([leaving, AbortSignal.timeout(patienceMs)])
  const jsonSchema = { name, schema: z.toJSONSchema(form) }
  let text = ''
  try {
    for await (const part of model.complete(messages, {
      ...asked,
      signal,
      jsonSchema,
      maxTokens: 200,
      temperature: 0,
    }))
      if (part.type === 'text') text += part.text
  } catch (error) {
    if (leaving.aborted || !ModelError.isInstance(error)) throw error
    log.warn({ code: error.code }, 'no model read what was said; the rules do')
    return null
  }
  const said = jsonIn(text)
  return typeof said === 'object' ? (form.safeParse({ ...blank, ...said }).data ?? null) : null
}

/** The object in a text, which may stand in a fence or after a word of thanks; undefined where none is. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1))
  } catch {
    return undefined
  }
}
