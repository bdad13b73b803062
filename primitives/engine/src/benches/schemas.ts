import { z } from 'zod'

const product = z.object({
  title: z.string().max(40),
  price: z.number().min(0).max(500),
  inStock: z.boolean(),
  sizes: z
    .array(z.enum(['S', 'M', 'L', 'XL']))
    .min(1)
    .max(4),
})

/** What is asked for, with the schema that the answer is held to and checked against. */
export const jsonTasks: { ask: string; schema: z.ZodType }[] = [
  { ask: 'Describe a red shirt.', schema: product },
  {
    ask: 'Classify the message "Where is my order?".',
    schema: z.object({
      intent: z.enum(['order', 'return', 'product', 'other']),
      confidence: z.number().min(0).max(1),
      needsPerson: z.boolean(),
    }),
  },
  {
    ask: 'Plan a search for warm boots under 90 dollars.',
    schema: z.object({
      words: z.array(z.string().max(16)).min(1).max(4),
      maxPrice: z.int().min(1).max(1000).nullable(),
      sort: z.enum(['price', 'rating']).optional(),
    }),
  },
  {
    ask: 'Write two reviews of a lamp.',
    schema: z.object({
      reviews: z
        .array(z.object({ stars: z.int().min(1).max(5), text: z.string().max(60), day: z.iso.date() }))
        .length(2),
    }),
  },
  {
    ask: 'Name what goes well with grey trousers.',
    schema: z.object({
      choice: z.union([
        z.object({ kind: z.literal('product'), product }),
        z.object({ kind: z.literal('question'), question: z.string().max(60) }),
      ]),
    }),
  },
]
