import type { Logger } from '@heavylift/core'
import { ModelError } from '@heavylift/models'
import type { ChatMessage, CompleteOptions, TaskModel } from '@heavylift/models'
import { z } from 'zod'

export interface AskOptions {
  model: TaskModel
  log: Logger
}

/** Why nothing came that counts: it was late, it was no object of the form, or the model failed. */
export type AskFailure = 'late' | 'unreadable' | 'failed'

/** Asks for an object of a form; says why where none comes within `patienceMs`. Rejects when `leaving` aborts. */
export async function askForJson<Form extends z.ZodType>(
  { model, log }: AskOptions,
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
  { patienceMs, ...asked }: Pick<CompleteOptions, 'tenantId' | 'priority'> & { patienceMs: number },
  leaving: AbortSignal,
): Promise<z.infer<Form> | AskFailure> {
  const late = AbortSignal.timeout(patienceMs)
  const signal = AbortSignal.any([leaving, late])
  const jsonSchema = { name, schema: z.toJSONSchema(form) }
  let text = ''
  try {
    for await (const part of model.complete(messages, {
      ...asked,
      signal,
      jsonSchema,
      maxTokens: 260,
      temperature: 0,
    }))
      if (part.type === 'text') text += part.text
  } catch (error) {
    if (leaving.aborted || !ModelError.isInstance(error)) throw error
    log.warn({ code: error.code, late: late.aborted }, 'no model answered in time; the rules do')
    return late.aborted ? 'late' : 'failed'
  }
  const said = jsonIn(text)
  return (typeof said === 'object' && form.safeParse({ ...blank, ...said }).data) || 'unreadable'
}

/** The object in a text, which may stand in a fence or after a word of thanks; undefined where none is. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1))
  } catch {
    return undefined
  }
}
