import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'

/** The tau2-bench retail files: `db.json` (or `.gz`) and `tasks.json`. Only the fields that the replay needs. */
const addressSchema = z.object({
  address1: z.string(),
  address2: z.string(),
  city: z.string(),
  state: z.string(),
  country: z.string(),
  zip: z.string(),
})
const optionsSchema = z.record(z.string(), z.string())
const paymentSchema = z.object({
  transaction_type: z.enum(['payment', 'refund']),
  amount: z.number(),
  payment_method_id: z.string(),
})
const databaseSchema = z.object({
  products: z.record(
    z.string(),
    z.object({
      name: z.string(),
      product_id: z.string(),
      variants: z.record(
        z.string(),
        z.object({ item_id: z.string(), options: optionsSchema, available: z.boolean(), price: z.number() }),
      ),
    }),
  ),
  users: z.record(
    z.string(),
    z.object({
      user_id: z.string(),
      name: z.object({ first_name: z.string(), last_name: z.string() }),
      address: addressSchema,
      email: z.string(),
      payment_methods: z.record(
        z.string(),
        z.object({
          source: z.enum(['credit_card', 'paypal', 'gift_card']),
          id: z.string(),
          balance: z.number().optional(),
        }),
      ),
    }),
  ),
  orders: z.record(
    z.string(),
    z.object({
      order_id: z.string(),
      user_id: z.string(),
      address: addressSchema,
      items: z.array(
        z.object({
          name: z.string(),
          product_id: z.string(),
          item_id: z.string(),
          price: z.number(),
          options: optionsSchema,
        }),
      ),
      status: z.enum(['pending', 'processed', 'delivered', 'cancelled']),
      fulfillments: z.array(z.object({ tracking_id: z.array(z.string()), item_ids: z.array(z.string()) })),
      payment_history: z.array(paymentSchema),
    }),
  ),
})
const tasksSchema = z.array(
  z.object({
    id: z.string(),
    evaluation_criteria: z.object({
      actions: z
        .array(z.object({ name: z.string(), arguments: z.record(z.string(), z.unknown()) }))
        .nullable(),
    }),
  }),
)

export type RetailDatabase = z.output<typeof databaseSchema>
export type RetailOrder = RetailDatabase['orders'][string]
export type RetailUser = RetailDatabase['users'][string]
export type RetailAddress = z.output<typeof addressSchema>

export interface RetailTask {
  id: string
  actions: { name: string; arguments: Record<string, unknown> }[]
}

/** @throws InvalidInputError when a file is missing or has another shape */
export async function readRetailData(
  dir: string,
): Promise<{ database: RetailDatabase; tasks: RetailTask[] }> {
  const database = databaseSchema.safeParse(await readJson(dir, 'db.json'))
  if (!database.success) throw badShape('db.json', database.error)
  const tasks = tasksSchema.safeParse(await readJson(dir, 'tasks.json'))
  if (!tasks.success) throw badShape('tasks.json', tasks.error)
  return {
    database: database.data,
    tasks: tasks.data.map(({ id, evaluation_criteria }) => ({
      id,
      actions: evaluation_criteria.actions ?? [],
    })),
  }
}

async function readJson(dir: string, name: string): Promise<unknown> {
  const plain = await readFile(join(dir, name), 'utf8').catch(() => null)
  if (plain !== null) return JSON.parse(plain)
  const packed = await readFile(join(dir, `${name}.gz`)).catch((cause: unknown) => {
    throw new InvalidInputError({
      code: 'eval-data-missing',
      message: `${dir} holds neither ${name} nor ${name}.gz; --data must name a folder with the tau2-bench retail files.`,
      cause,
    })
  })
  return JSON.parse((await promisify(gunzip)(packed)).toString('utf8'))
}

function badShape(file: string, error: z.ZodError): InvalidInputError {
  return new InvalidInputError({
    code: 'eval-data-shape',
    message: `${file} is not the tau2-bench retail format: ${z.prettifyError(error)}`,
  })
}
