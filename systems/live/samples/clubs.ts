import type { Random } from '@heavylift/core'
import type { Team } from '../src/domain/match.ts'

type ClubRow = readonly [city: string, club: string, abbreviation: string, colour: string]

/** Invented: no city and no club of these names plays in a league. */
const clubs: Record<'nfl' | 'nba' | 'soccer', readonly ClubRow[]> = {
  nfl: [
    ['Harbor City', 'Herons', 'HRB', '#0b7a75'],
    ['Cinder Falls', 'Forge', 'CIN', '#d1495b'],
    ['Port Alder', 'Lanterns', 'PAL', '#edae49'],
    ['Mesa Verde', 'Coyotes', 'MSV', '#c65d21'],
    ['Northgate', 'Glaciers', 'NGT', '#3a86c8'],
    ['Bayou Landing', 'Ospreys', 'BYL', '#6a4c93'],
    ['Granite Bluff', 'Bighorns', 'GRB', '#4f5d75'],
    ['Redwood', 'Sentinels', 'RDW', '#2f7d32'],
  ],
  nba: [
    ['Harbor City', 'Tides', 'HRB', '#0b7a75'],
    ['Copper Ridge', 'Sparks', 'COP', '#c65d21'],
    ['Lakeview', 'Comets', 'LKV', '#3a86c8'],
    ['Saint Orville', 'Brass', 'STO', '#edae49'],
    ['Juniper', 'Jackrabbits', 'JNP', '#2f7d32'],
    ['Ironwood', 'Echoes', 'IRW', '#d1495b'],
    ['Pinecrest', 'Owls', 'PNC', '#6a4c93'],
    ['Delta Point', 'Voyagers', 'DLP', '#4f5d75'],
  ],
  soccer: [
    ['Harbor City', 'Rovers', 'HRB', '#0b7a75'],
    ['Marlow Vale', 'Albion', 'MAV', '#d1495b'],
    ['Thornbury Park', 'Athletic', 'THP', '#3a86c8'],
    ['Eastmere', 'United', 'EAM', '#c65d21'],
    ['Kirkdale', 'Wanderers', 'KRK', '#2f7d32'],
    ['Saltash Bay', 'Town', 'SLB', '#edae49'],
    ['Fenwick', 'Rangers', 'FEN', '#6a4c93'],
    ['Oldcastle', 'Borough', 'OLD', '#4f5d75'],
  ],
}

/** Two different clubs, home first. */
export function pickClubs(sport: keyof typeof clubs, random: Random): [home: Team, away: Team] {
  const [home, away] = random.sample(clubs[sport], 2)
  if (!home || !away) throw new RangeError('There are fewer than two clubs.')
  return [team(sport, home), team(sport, away)]
}

function team(sport: string, [city, club, abbreviation, colour]: ClubRow): Team {
  return { id: `sim-${sport}-${abbreviation.toLowerCase()}`, abbreviation, name: `${city} ${club}`, colour }
}
