import type { ColumnType, Generated } from 'kysely'
import type { Proposal } from './proposal.ts'
import type { Money } from './product.ts'
import type { ConfirmationOutcome } from './confirmation-outcome.ts'
import type { Address, Order, PaymentMethod } from './order.ts'

/** Rows of migration `0003-commerce`. */
export interface CommerceTables {
  signing_key: {
    tenant_id: string
    token_secret: string
    identity_secret: string
    previous_token_secret: string | null
    previous_identity_secret: string | null
    previous_token_until: Date | null
    previous_identity_until: Date | null
  }
  shopper: {
    tenant_id: string
    id: string
    external_id: string | null
    created_at: Date
    tokens_from: Date | null
  }
  account: {
    tenant_id: string
    shopper_id: string
    first_name: string
    last_name: string
    email: string | null
    address: Json<Address | null>
    payment_methods: Json<PaymentMethod[]>
  }
  cart_item: {
    tenant_id: string
    shopper_id: string
    variant_id: string
    product_id: string
    quantity: number
    added_at: Date
  }
  purchase_order: {
    tenant_id: string
    id: string
    shopper_id: string
    status: string
    body: Json<Order>
    placed_at: Date
  }
  confirmation: {
    tenant_id: string
    id: string
    shopper_id: string
    request_key: string
    conversation_id: string | null
    proposal: Json<Proposal>
    summary: string
    ceiling: Json<Money | null>
    state: 'waiting' | 'accepted' | 'declined' | 'refused'
    answer_key: string | null
    result: Json<ConfirmationOutcome | null>
    created_at: Date
    expires_at: Date
  }
  watch: {
    tenant_id: string
    id: string
    shopper_id: string
    kind: 'price-alert' | 'auto-buy'
    product_id: string
    variant_id: string
    quantity: number
    limit_minor: number
    currency: string
    state: 'active' | 'done' | 'cancelled'
    order_id: string | null
    created_at: Date
    fired_at: Date | null
  }
  notification: {
    tenant_id: string
    id: string
    shopper_id: string
    text: string
    product_id: string | null
    created_at: Date
    read_at: Date | null
  }
  policy_section: {
    tenant_id: string
    section: string
    title: string
    body: string
    words: Generated<string>
  }
  memory: {
    tenant_id: string
    id: string
    shopper_id: string
    kind: 'viewed' | 'asked' | 'decided' | 'fact'
    key: string
    text: string
    product_id: string | null
    conversation_id: string | null
    device: string | null
    at: Date
    words: Generated<string>
  }
}

/** Read as the value, written as JSON text. */
type Json<T> = ColumnType<T, string | null, string | null>
