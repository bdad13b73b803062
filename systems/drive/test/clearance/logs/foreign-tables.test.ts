import { describe, expect, test } from 'vitest'
import { isThere, stateAt } from '../../../src/clearance/logs/drive-log.ts'
import { columnNames, readCsv } from '../../../src/clearance/logs/read-csv.ts'

describe('tables of others', () => {
  test('a table of dat2csv names agents by their names and passes over what stands above the heading [DRIVE-LOG-04]', () => {
    const log = readCsv(
      'a.csv',
      [
        'Version: 2, OpenDRIVE: road.xodr, OpenSCENARIO: a.xosc',
        'time, id, name, x, y, z, h, p, r, speed, wheel_angle, wheel_rot',
        '0.000, 0, Ego, 1.0, 2.0, 0, 0.5, 0, 0, 10.0, 0, 0',
        '0.000, 1, Car, 5.0, 2.0, 0, 0.5, 0, 0, 9.0, 0, 0',
        '0.050, 0, Ego, 1.5, 2.0, 0, 0.5, 0, 0, 10.0, 0, 0',
      ].join('\n'),
      null,
    )
    expect(log.agents.map(({ name }) => name)).toEqual(['Ego', 'Car'])
    expect([...log.times]).toEqual([0, 0.05])
    expect([...log.states.subarray(stateAt(log, 1, 0), stateAt(log, 1, 0) + 4)]).toEqual([1.5, 2, 0.5, 10])
    expect(isThere(log, 1, 1)).toBe(false)
  })

  test('a table of esmini’s logger holds several agents a row, moved to the middle of their bodies [DRIVE-LOG-04]', () => {
    const agent = (n: number) =>
      [
        'Entity_Name [-]',
        'Current_Speed [m/s]',
        'bb_x [m]',
        'bb_length [m]',
        'World_Position_X [m]',
        'World_Position_Y [m]',
        'World_Heading_Angle [rad]',
      ]
        .map((name) => `#${n} ${name}`)
        .join(' , ')
    const log = readCsv(
      'a.csv',
      [
        'Scenario File Name: a.xosc',
        `Index [-] , TimeStamp [sec] , ${agent(1)} , ${agent(2)}`,
        '0, 0.0, Ego, 10, 1.4, 5.0, 100, 50, 1.5707963267948966, Bus, 5, 3, 12.0, 7, 8, 0',
        '1, 0.1, Ego, 10, 1.4, 5.0, 100, 51, 1.5707963267948966, , , , , , , ',
      ].join('\n'),
      null,
    )
    expect(log.agents.map(({ name, kind, lengthM }) => [name, kind, lengthM])).toEqual([
      ['Ego', 'car', 5],
      ['Bus', 'truck', 12],
    ])
    expect(log.states[stateAt(log, 0, 0)]).toBeCloseTo(100, 9)
    expect(log.states[stateAt(log, 0, 0) + 1]).toBeCloseTo(51.4, 9)
    expect(isThere(log, 1, 1)).toBe(false)
  })

  test('other columns are named, and a table without says which it has and what to give [DRIVE-LOG-04]', () => {
    const text = 'Frame,Track,PosX,PosY\n0,a,1,2\n1,a,2,2'
    expect(() => readCsv('b.csv', text, null)).toThrow(
      'b.csv: has no column time, name, x, y; it has Frame, Track, PosX, PosY. Say which is which: --columns time=NAME,name=NAME,x=NAME,y=NAME.',
    )
    const log = readCsv('b.csv', text, null, columnNames('time=Frame, name=Track,x=PosX,y=posy'))
    expect(log.agents).toHaveLength(1)
    expect(() => columnNames('tim=Frame')).toThrow(/Columns are given as COLUMN=NAME/)
  })
})
