import type { ChatMessage, ChatTool } from './chat-request.ts'
import { unsupported } from './openai-error.ts'

/** A message as chat templates know it. */
export interface TemplateMessage {
  role: string
  content: string
}

/** The template engine that the models' authors write for. Installed with the engine. */
export interface JinjaModule {
  Template: new (text: string) => { render(values: Record<string, unknown>): string }
}

export interface ChatPrompt {
  text: string
  /** Text by which the template-less dialogue ends; empty with a template. */
  stops: string[]
}

/** Writes a conversation as the prompt that the model was trained on: by its own template, else as a plain dialogue. */
export class ChatPromptWriter {
  readonly #template: InstanceType<JinjaModule['Template']> | null
  readonly #specials: Record<string, string>

  constructor(options: {
    jinja: JinjaModule
    template: string | undefined
    bosText: string | null
    eosText: string | null
  }) {
    this.#template = options.template === undefined ? null : new options.jinja.Template(options.template)
    this.#specials = { bos_token: options.bosText ?? '', eos_token: options.eosText ?? '' }
  }

  /** `instructions` (how to call tools) go with the system message. Throws `OpenAiError` for pictures and sound. */
  write(messages: readonly ChatMessage[], instructions: string | null): ChatPrompt {
    const plain = messages.map(plainMessage)
    if (instructions !== null) {
      const [first] = plain
      if (first?.role === 'system') first.content = `${first.content}\n\n${instructions}`
      else plain.unshift({ role: 'system', content: instructions })
    }
    if (this.#template === null) return dialogue(plain)
    try {
      return {
        text: this.#template.render({ ...this.#specials, messages: plain, add_generation_prompt: true }),
        stops: [],
      }
    } catch (error) {
      // Templates raise errors of their own, such as for roles that do not alternate.
      const reason = error instanceof Error ? error.message : String(error)
      throw unsupported('messages', `The model's chat template refuses these messages: ${reason}`)
    }
  }
}

function plainMessage(message: ChatMessage): TemplateMessage {
  const text = textOf(message)
  switch (message.role) {
    case 'developer':
      return { role: 'system', content: text }
    case 'tool':
    case 'function':
      return { role: 'user', content: `<tool_response>\n${text}\n</tool_response>` }
    case 'assistant': {
      const calls = (message.tool_calls ?? []).map(
        ({ function: { name, arguments: given } }) =>
          `<tool_call>{"name": ${JSON.stringify(name)}, "arguments": ${given}}</tool_call>`,
      )
      return { role: 'assistant', content: [text, ...calls].filter((part) => part !== '').join('\n') }
    }
    default:
      return { role: message.role, content: text }
  }
}

function textOf({ content }: ChatMessage): string {
  if (content === undefined || content === null) return ''
  if (typeof content === 'string') return content
  return content
    .map((part) => {
      if (part.text !== undefined) return part.text
      throw unsupported('messages', `The local engine reads text only, not "${part.type}".`)
    })
    .join('')
}

function dialogue(messages: readonly TemplateMessage[]): ChatPrompt {
  const names: Record<string, string> = { system: 'System', user: 'User', assistant: 'Assistant' }
  const lines = messages.map(({ role, content }) => `${names[role] ?? 'User'}: ${content}\n`)
  return { text: `${lines.join('')}Assistant:`, stops: ['\nUser:', '\nSystem:'] }
}

/** How the model is told of tools, in the form that small models know best (Hermes). */
export function toolInstructions(tools: readonly ChatTool[]): string {
  const list = tools
    .map(({ function: { name, description, parameters } }) =>
      JSON.stringify({
        name,
        description: description ?? '',
        parameters: parameters ?? { type: 'object', properties: {} },
      }),
    )
    .join('\n')
  return `You can call these functions:\n<tools>\n${list}\n</tools>\nTo call one, answer only with <tool_call>{"name": "function name", "arguments": {…}}</tool_call>. Call one only when it helps.`
}
