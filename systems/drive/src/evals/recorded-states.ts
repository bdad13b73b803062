import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { InvalidInputError } from '@heavylift/core'

/** One entity at one time of a recording. */
export interface RecordedState {
  timeS: number
  name: string
  x: number
  y: number
}

/** Reads a recording (`time, id, name, x, y, …` with a heading row), gzipped or not. Throws `states-invalid` with the row. */
export async function readStates(path: string): Promise<RecordedState[]> {
  const bytes = await readFile(path)
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  const text = (isGzip ? await promisify(gunzip)(bytes) : bytes).toString('utf8')
  const [heading = '', ...rows] = text.trim().split('\n')
  const columns = heading.split(',').map((name) => name.trim())
  const column = (name: string) => columns.indexOf(name)
  const [time, name, x, y] = ['time', 'name', 'x', 'y'].map(column) as [number, number, number, number]
  return rows.map((row, index) => {
    const cells = row.split(',').map((cell) => cell.trim())
    const state = {
      timeS: Number(cells[time]),
      name: cells[name] ?? '',
      x: Number(cells[x]),
      y: Number(cells[y]),
    }
    if (state.name === '' || !Number.isFinite(state.timeS + state.x + state.y))
      throw new InvalidInputError({
        code: 'states-invalid',
        message: `${path}:${index + 2}: no time, name, x and y`,
      })
    return state
  })
}
