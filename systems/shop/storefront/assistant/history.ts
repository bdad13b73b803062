import { randomId } from '@heavylift/core/text'
import type { AnswerPart } from '../../src/domain/answer.ts'

/** One question with the parts of its answer. */
export interface Turn {
  message: string
  parts: AnswerPart[]
}

export interface SavedConversation {
  conversationId: string
  turns: Turn[]
  isOpen: boolean
}

const maxTurns = 20
const storageKey = 'heavylift.conversation'

/** Keeps the conversation over page loads of one tab, since most stores load a page for every click. */
export function loadConversation(storage: Storage | null): SavedConversation {
  const empty = { conversationId: `conv_${randomId()}`, turns: [], isOpen: false }
  try {
    const saved: unknown = JSON.parse(storage?.getItem(storageKey) ?? 'null')
    return isConversation(saved) ? saved : empty
  } catch {
    return empty
  }
}

export function saveConversation(storage: Storage | null, conversation: SavedConversation): void {
  const kept = { ...conversation, turns: conversation.turns.slice(-maxTurns) }
  try {
    storage?.setItem(storageKey, JSON.stringify(kept))
  } catch {
    // Full or blocked: the conversation then ends with the page.
  }
}

function isConversation(value: unknown): value is SavedConversation {
  return (
    typeof value === 'object' &&
    value !== null &&
    'conversationId' in value &&
    typeof value.conversationId === 'string' &&
    'turns' in value &&
    Array.isArray(value.turns)
  )
}

/** Joins text deltas that follow each other, so that a saved answer is as small as what it says. */
export function compact(parts: readonly AnswerPart[]): AnswerPart[] {
  const joined: AnswerPart[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    // What only shows that something is done.
    if ('transient' in part) continue
    if (part.type === 'text-delta' && last?.type === 'text-delta' && last.id === part.id) {
      joined[joined.length - 1] = { ...last, delta: last.delta + part.delta }
    } else joined.push(part)
  }
  return joined
}
