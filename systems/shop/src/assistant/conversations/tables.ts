import type { ColumnType, JSONColumnType } from 'kysely'
import type { LanguageCode } from '../../language/languages.ts'
import type { AnswerPart } from '../../domain/answer.ts'
import type { ToolCall } from '../facts.ts'
import type { EffectiveSearch, Plan } from '../plan/plan.ts'
import type { Verification } from '../verification.ts'

type Json<T extends object> = JSONColumnType<T>
type JsonOrNull<T extends object> = ColumnType<T | null, string | null, string | null>

/** What a conversation knows between turns. */
export interface ConversationState {
  /** Products of the last answer, in the order shown. */
  shownIds?: string[]
  /** The last list of several, which "the third one" means after one of them was looked at alone. */
  listIds?: string[]
  focusId?: string | null
  /** The page that still stood open when others were shown: "it" is one of those, until another page is opened. */
  leftPageId?: string | null
  /** What answers were about one by one, the last first: "the difference between the two" after each was asked about. */
  lookedAtIds?: string[]
  /** The variant that each shown product was shown as. */
  variantIds?: Record<string, string>
  search?: EffectiveSearch | null
  /** What somebody has to be kept from, as the shopper said in this conversation. */
  keptFrom?: string[]
  /** Of which goods that was said already: it is not repeated with each answer. */
  warned?: string[]
  /** The last question about a product, where the last answer was to one: "and the other one?" asks it again. */
  asked?: string
  /** The language of the last message, where it is not the store's. */
  spoken?: LanguageCode
  /** The shopper's last messages, shortened; context for a model. */
  recent?: string[]
}

export type TurnStatus = 'running' | 'done' | 'failed' | 'interrupted'

/** Everything that an answer was made from, besides the catalog itself. */
export interface TurnInputs {
  message: string
  pageProductId: string | null
  device: string | null
  shopperId: string | null
  state: ConversationState
  atMs: number
}

export interface ConversationTables {
  conversation: {
    tenant_id: string
    id: string
    shopper_id: string | null
    state: Json<ConversationState>
    turns: number
    created_at: Date
    updated_at: Date
  }
  turn: {
    tenant_id: string
    id: string
    conversation_id: string
    ordinal: number
    client_message_id: string | null
    message: string
    /** Made by the database. */
    words: ColumnType<string, never, never>
    page_product_id: string | null
    device: string | null
    status: TurnStatus
    attempt: number
    owner: string
    lease_until: Date
    inputs: JsonOrNull<TurnInputs>
    input_hash: string | null
    plan: JsonOrNull<Plan>
    calls: JsonOrNull<ToolCall[]>
    parts: JsonOrNull<AnswerPart[]>
    verification: JsonOrNull<Verification>
    version: string | null
    error: string | null
    first_content_ms: number | null
    duration_ms: number | null
    started_at: Date
    finished_at: Date | null
  }
}
