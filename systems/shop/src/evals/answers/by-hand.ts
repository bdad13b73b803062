import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ModelError } from '@heavylift/models'
import type { ChatMessage, TaskModel } from '@heavylift/models'

/** A model whose replies somebody writes. */
export interface ModelByHand {
  model: TaskModel
  /** Prompts of this run that have no reply yet. */
  awaited: () => number
}

/**
 * Writes each prompt into `folder` as `NAME.prompt.md` and answers it with `NAME.reply.json` once that lies beside it. NAME follows from the
 * prompt, so that a run which is repeated goes on where replies were missing.
 */
export async function modelByHand(folder: string): Promise<ModelByHand> {
  await mkdir(folder, { recursive: true })
  const awaited = new Set<string>()
  return {
    awaited: () => awaited.size,
    model: {
      name: 'by-hand',
      complete: async function* (messages) {
        const name = createHash('sha256').update(JSON.stringify(messages)).digest('hex').slice(0, 12)
        const reply = await readFile(join(folder, `${name}.reply.json`), 'utf8').catch(() => null)
        if (reply === null) {
          awaited.add(name)
          await writeFile(join(folder, `${name}.prompt.md`), messages.map(written).join('\n\n'))
          throw new ModelError({ code: 'model-unavailable', message: `No ${name}.reply.json yet.` })
        }
        yield { type: 'text', text: reply }
        yield { type: 'done', finishReason: 'stop', usage: null }
      },
    },
  }
}

/** A message as people read it: what is JSON stands with a line for each entry. */
function written({ role, content }: ChatMessage): string {
  const readable = content.startsWith('{') ? JSON.stringify(JSON.parse(content), null, 1) : content
  return `# ${role}\n\n${readable}`
}
