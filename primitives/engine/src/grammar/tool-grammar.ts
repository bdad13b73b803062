import type { ChatRequest, ChatTool } from '../server/chat-request.ts'
import { OpenAiError } from '../server/openai-error.ts'
import { GrammarBuilder, jsonObjectGrammar, jsonSchemaGrammar, literal } from './json-schema-grammar.ts'

/** The exact words around a tool's call; `ToolCallReader` reads them back. */
export const toolCallStart = '<tool_call>{"name": "'
export const toolCallArguments = '", "arguments": '
export const toolCallEnd = '}</tool_call>'

/** Tools that may be called, and what the answer must look like. */
export interface AnswerForm {
  /** Told to the model. */
  tools: readonly ChatTool[]
  /** Null leaves the answer free. */
  grammar: string | null
  /** The grammar only decides whether a tool is called; a text that is none is free. */
  isOpen: boolean
}

/** What a request's `tools`, `tool_choice` and `response_format` come to. Throws `OpenAiError`. */
export function answerForm(request: ChatRequest): AnswerForm {
  const all = request.tools ?? []
  const choice = request.tool_choice ?? (all.length > 0 ? 'auto' : 'none')
  if (choice !== 'none' && choice !== 'auto' && all.length === 0) {
    throw new OpenAiError(
      400,
      'invalid_value',
      'tool_choice asks for a tool, but there are no tools.',
      'tool_choice',
    )
  }
  const format = request.response_format ?? { type: 'text' as const }
  if (choice === 'none' || all.length === 0) {
    return { tools: [], grammar: formatGrammar(format), isOpen: false }
  }
  if (typeof choice === 'object') {
    const named = all.filter((tool) => tool.function.name === choice.function.name)
    if (named.length === 0) {
      throw new OpenAiError(
        400,
        'invalid_value',
        `There is no tool "${choice.function.name}".`,
        'tool_choice',
      )
    }
    return { tools: all, grammar: toolGrammar(named, null), isOpen: false }
  }
  if (choice === 'required') return { tools: all, grammar: toolGrammar(all, null), isOpen: false }
  const isOpen = format.type === 'text'
  // What does not begin as a call is free; blanks first would hide a call that follows them.
  const text = isOpen ? '[^< \\n\\t] [^\\x00]*' : null
  if (text !== null) return { tools: all, grammar: toolGrammar(all, text), isOpen }
  const builder = new GrammarBuilder()
  const schema = format.type === 'json_schema' ? format.json_schema.schema : { type: 'object' }
  const answer = builder.schema(schema, schema, '$')
  return { tools: all, grammar: toolGrammar(all, answer, builder), isOpen }
}

function formatGrammar(format: NonNullable<ChatRequest['response_format']>): string | null {
  if (format.type === 'text') return null
  return format.type === 'json_object' ? jsonObjectGrammar() : jsonSchemaGrammar(format.json_schema.schema)
}

function toolGrammar(
  tools: readonly ChatTool[],
  otherwise: string | null,
  builder = new GrammarBuilder(),
): string {
  const calls = tools.map(({ function: { name, parameters } }) => {
    const schema = parameters ?? { type: 'object', properties: {}, additionalProperties: false }
    const rule = builder.schema(schema, schema, name)
    return `${literal(`${toolCallStart}${name}${toolCallArguments}`)} ${rule} ${literal(toolCallEnd)}`
  })
  builder.add('call', calls.join(' | '))
  builder.add('root', otherwise === null ? 'call' : `call | ${otherwise}`)
  return builder.text()
}
