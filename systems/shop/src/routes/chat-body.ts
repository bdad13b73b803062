import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'

const longestMessage = 4_000

const conversationId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,100}$/, 'A conversation id is 1 to 100 letters, digits, dashes or underscores.')

const page = z.object({ productId: z.string().min(1).max(200).optional() })
const device = z.string().min(1).max(40)

const ownBody = z.object({
  conversationId: conversationId.optional().describe('Leave it out to start a conversation.'),
  message: z.string().trim().min(1).max(longestMessage),
  messageId: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('Sending the same id again joins the same answer.'),
  page: page.optional().describe('The product page that the shopper looks at.'),
  device: device.optional().describe('As the shopper knows it: phone, desktop.'),
})

/** What `useChat` of the AI SDK sends. Only the last message of the shopper counts: the rest is on record here. */
const aiSdkBody = z.object({
  id: conversationId,
  messages: z
    .array(
      z.object({
        id: z.string().max(100).optional(),
        role: z.string(),
        parts: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })).optional(),
        content: z.string().optional(),
      }),
    )
    .min(1)
    .max(1_000),
  trigger: z.string().optional(),
  page: page.optional(),
  device: device.optional(),
})

export const chatBody = z.union([ownBody, aiSdkBody])

export interface ChatRequest {
  conversationId: string | null
  message: string
  messageId: string | null
  pageProductId: string | null
  device: string | null
}

/** Both shapes as one. Throws `message-missing` when the AI SDK's messages hold no text of the shopper. */
export function chatRequest(body: z.output<typeof chatBody>): ChatRequest {
  const shared = { pageProductId: body.page?.productId ?? null, device: body.device ?? null }
  if ('message' in body) {
    return {
      ...shared,
      conversationId: body.conversationId ?? null,
      message: body.message,
      messageId: body.messageId ?? null,
    }
  }
  const last = body.messages.findLast((message) => message.role === 'user')
  const text = (
    last?.parts?.flatMap((part) => (part.type === 'text' ? (part.text ?? '') : [])).join('\n') ??
    last?.content ??
    ''
  ).trim()
  if (!text || text.length > longestMessage) {
    throw new InvalidInputError({
      code: 'message-missing',
      message: `The last user message needs a text part of 1 to ${longestMessage} characters.`,
    })
  }
  // "Regenerate" sends the same message for another answer, so it must not join the one that there is.
  const messageId = body.trigger === 'regenerate-message' ? null : (last?.id ?? null)
  return { ...shared, conversationId: body.id, message: text, messageId }
}
