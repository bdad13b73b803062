import { expect, test } from 'vitest'
import { createRandom } from '@heavylift/core'
import { makePlace } from '../../samples/documents/places.ts'
import { canonicalHours, readHours } from '../../src/hours/read-hours.ts'
import { formatWeek } from '../../src/hours/week.ts'

test.each([
  ['We are open Monday through Friday 9am to 5pm, closed Sundays.', 'Mo-Fr 09:00-17:00'],
  ['Mon-Fri 8:00 AM - 6:00 PM; Sat 10am-2pm', 'Mo-Fr 08:00-18:00; Sa 10:00-14:00'],
  ['open daily 8-6', 'Mo-Su 08:00-18:00'],
  ['M-F 9-5', 'Mo-Fr 09:00-17:00'],
  ['Deliveries accepted between 8 and 4 on weekdays', 'Mo-Fr 08:00-16:00'],
  ['Open 7 days a week from 11 a.m. to midnight', 'Mo-Su 11:00-24:00'],
  ['office staffed weekdays 8:30am to noon and 1pm to 5pm', 'Mo-Fr 08:30-12:00,13:00-17:00'],
  ['Monday: 9:00 AM – 5:00 PM\nTuesday: Closed\nFriday: 9:00 AM – 4:30 PM', 'Mo 09:00-17:00; Fr 09:00-16:30'],
  ['Tue, Thu and Sat 10:00-13:00', 'Tu 10:00-13:00; Th 10:00-13:00; Sa 10:00-13:00'],
  ['The bar is open Friday 18:00-02:00', 'Fr 18:00-02:00'],
  ['24 hours a day, 7 days a week', '24/7'],
])('reads hours out of prose: %s [ADDRESS-HOURS-01]', (text, hours) => {
  expect(readHours(text)).toBe(hours)
})

test.each([
  'Call (555) 123-4567 or write to 10001-1234.',
  'Apt 9-5 is on floor 3',
  'Delivered 3/4 at 2:15',
  'built 1920-1925',
  '',
])('reads no hours where none are told: %s [ADDRESS-HOURS-01]', (text) => {
  expect(readHours(text)).toBeNull()
})

test('reads back what it writes, for every made place [ADDRESS-HOURS-01]', () => {
  const random = createRandom('hours')
  for (let at = 0; at < 300; at++) {
    const { hours, facts } = makePlace(random, 'business')
    expect(canonicalHours(hours)).toBe(hours)
    expect(readHours(`We are open ${facts['hours']}.`), facts['hours']).toBe(hours)
  }
})

test('writes equal days as one rule', () => {
  const week = [0, 1, 2, 3, 4, 5, 6].map((day): [number, number][] => (day === 2 ? [] : [[540, 1020]]))
  expect(formatWeek(week)).toBe('Mo-Tu 09:00-17:00; Th-Su 09:00-17:00')
})
