import { z } from 'zod'
import type { MemoryItem } from '../../domain/ports.ts'

export const memoryKind = z.enum(['viewed', 'asked', 'decided', 'fact'])

export const memoryItem: z.ZodType<MemoryItem, MemoryItem> = z.object({
  id: z.string(),
  kind: memoryKind,
  key: z.string(),
  text: z.string(),
  productId: z.string().nullable(),
  conversationId: z.string().nullable(),
  device: z.string().nullable(),
  atMs: z.number(),
})
