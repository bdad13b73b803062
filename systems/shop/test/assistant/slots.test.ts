import { expect, test } from 'vitest'
import { Slots } from '../../src/assistant/slots.ts'

test('lets so many in at once, the others in order, and counts a slot given back twice once', async () => {
  const slots = new Slots(2)
  const order: string[] = []
  const first = await slots.take()
  const second = await slots.take()
  const third = slots.take().then((leave) => {
    order.push('third')
    return leave
  })
  const fourth = slots.take().then((leave) => {
    order.push('fourth')
    return leave
  })
  await Promise.resolve()
  expect(order).toEqual([])
  first()
  first()
  await third
  expect(order).toEqual(['third'])
  second()
  await fourth
  expect(order).toEqual(['third', 'fourth'])
})
