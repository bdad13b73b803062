import { specTypeSchemas } from '@modelcontextprotocol/server'
import type { GetPromptResult, Prompt } from '@modelcontextprotocol/server'
import type { AgentDefinition } from '../../definition/definition.ts'
import { isRecord } from '../input.ts'
import { described } from '../described.ts'
import { toolName } from './tools.ts'

const mostCompletions = 100

/** An agent is a prompt as well where what it returns is declared to have `messages`: the words that somebody's own model goes on from. */
export function isPrompt({ output, input }: AgentDefinition): boolean {
  return input['type'] === 'object' && propertiesOf(output ?? {})['messages'] !== undefined
}

export function agentPrompt(definition: AgentDefinition, warning: string | null = null): Prompt {
  const { input } = definition
  const required = Array.isArray(input['required']) ? input['required'] : []
  return {
    name: toolName(definition.name),
    title: definition.title,
    description: described(definition, warning),
    arguments: Object.entries(propertiesOf(input)).map(([name, schema]) => ({
      name,
      required: required.includes(name),
      ...(isRecord(schema) && typeof schema['description'] === 'string'
        ? { description: schema['description'] }
        : {}),
    })),
  }
}

/** Arguments of a prompt are texts; what is declared to be something else is read as JSON where it is some. */
export function inputOfPrompt({ input }: AgentDefinition, args: Readonly<Record<string, string>>): unknown {
  const properties = propertiesOf(input)
  return Object.fromEntries(
    Object.entries(args).map(([name, text]) => {
      const schema = properties[name]
      return [name, !isRecord(schema) || schema['type'] === 'string' ? text : jsonOr(text)]
    }),
  )
}

/** The messages of a result; null where it is none. A text may stand for a content of text. */
export function promptResult(output: unknown): GetPromptResult | null {
  if (!isRecord(output) || !Array.isArray(output['messages'])) return null
  const messages = output['messages'].map((message: unknown) =>
    isRecord(message) && typeof message['content'] === 'string'
      ? { ...message, content: { type: 'text', text: message['content'] } }
      : message,
  )
  const read = specTypeSchemas.GetPromptResult['~standard'].validate({ messages })
  return 'value' in read ? read.value : null
}

/** What an argument may be, of what the agent's schema says (`enum`, `examples`, `default`), that begins so. */
export function completions({ input }: AgentDefinition, argument: string, begun: string): string[] {
  const schema = propertiesOf(input)[argument]
  if (!isRecord(schema)) return []
  const known = [schema['enum'], schema['examples'], [schema['default']]].flatMap((values): unknown[] =>
    Array.isArray(values) ? values : [],
  )
  const texts = known
    .filter((value) => value !== undefined && value !== null)
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
  const start = begun.toLowerCase()
  return [...new Set(texts)].filter((text) => text.toLowerCase().startsWith(start)).slice(0, mostCompletions)
}

function propertiesOf(schema: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return isRecord(schema['properties']) ? schema['properties'] : {}
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
