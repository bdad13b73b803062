import { HeavyliftError } from '@heavylift/core'
import { expect, test } from 'vitest'
import { listenOnFreePort } from '../src/serve/free-port.ts'

function setUp(taken: number[]) {
  const said: string[] = []
  const listen = (port: number): Promise<number> =>
    taken.includes(port)
      ? Promise.reject(new HeavyliftError({ code: 'port-taken', message: `Port ${port} is in use.` }))
      : Promise.resolve(port)
  return { said, listen, say: (line: string) => void said.push(line) }
}

test('a free port is used as it is', async () => {
  const { listen, say, said } = setUp([])
  expect(await listenOnFreePort(listen, { port: 4280, mayMove: true, say })).toBe(4280)
  expect(said).toEqual([])
})

test('a taken default port moves to the next free one and says so [CORE-START-03]', async () => {
  const { listen, say, said } = setUp([4280, 4281])
  expect(await listenOnFreePort(listen, { port: 4280, mayMove: true, say })).toBe(4282)
  expect(said).toEqual(['Port 4280 is in use; using 4282.'])
})

test('a taken port that was chosen is an error that names it [CORE-START-03]', async () => {
  const { listen, say } = setUp([4280])
  await expect(listenOnFreePort(listen, { port: 4280, mayMove: false, say })).rejects.toThrow('Port 4280')
})

test('another failure is not taken for a used port', async () => {
  const failing = () => Promise.reject(new Error('no rights'))
  await expect(listenOnFreePort(failing, { port: 80, mayMove: true, say: () => {} })).rejects.toThrow(
    'no rights',
  )
})
