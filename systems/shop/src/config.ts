import { z } from 'zod'
import { languageCodes } from './language/languages.ts'

export const shopConfig = z.object({
  language: z
    .enum(languageCodes)
    .default('en')
    .describe(
      'Language of catalogs and shoppers: which forms of a word are one, which words carry no content.',
    ),
  storeName: z
    .string()
    .min(1)
    .max(60)
    .nullable()
    .default(null)
    .describe(
      'What the storefront calls itself; null: the name of the sample while there is one, else "Your store".',
    ),
  sampleProducts: z
    .int()
    .min(1)
    .max(200_000)
    .default(5_000)
    .describe('How many products the sample catalog holds when it is loaded on the first start.'),
  sampleSeed: z
    .int()
    .default(7)
    .describe('Seed of the sample catalog; the same seed makes the same catalog.'),
  maxImportBytes: z
    .int()
    .min(1)
    .default(4 * 1024 ** 3)
    .describe('Largest feed that an import accepts, in bytes.'),
  experiment: z
    .boolean()
    .default(false)
    .describe('Gives the assistant to half of the shoppers only, to measure what it does for conversion.'),
  attributionHours: z
    .number()
    .positive()
    .default(24)
    .describe('How long after a shopper’s first visit a purchase still counts in the experiment, in hours.'),
  pillProducts: z
    .int()
    .min(0)
    .default(300)
    .describe(
      'How many products, the most reviewed first, get their likely questions answered ahead of time.',
    ),
  pillsByModel: z
    .boolean()
    .default(false)
    .describe(
      'Lets the model of the task "pill" word the answers that are made ahead, behind everything interactive. Each sentence is checked as in a conversation.',
    ),
  modelWaitMs: z
    .int()
    .min(500)
    .max(30_000)
    .default(8_000)
    .describe(
      'The most that a shopper waits in a turn for the model of the task "reading" to read a message and choose what answers it, in milliseconds. It waits no longer than the model’s last calls took, with some room; then what the shop’s own rules found is told.',
    ),
  brandPages: z
    .record(z.string(), z.url({ protocol: /^https?$/ }))
    .default({})
    .describe(
      'Brands’ own pages by brand; read where a listing leaves a question open. Public addresses only.',
    ),
  shopperTokenDays: z
    .number()
    .positive()
    .max(3_650)
    .default(90)
    .describe('How long a shopper’s token names its shopper, in days; then the shop’s pages get a new one.'),
  pictureCacheMb: z
    .int()
    .min(1)
    .default(1024)
    .describe('Most that is kept on disk of products’ pictures that lie on other hosts, in MiB.'),
  watchSeconds: z
    .int()
    .min(1)
    .default(60)
    .describe('How often price alerts and auto-buys are checked, in seconds.'),
})

export type ShopConfig = z.output<typeof shopConfig>
