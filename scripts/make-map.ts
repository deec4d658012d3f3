// Makes assets/map/world.json: the states of the world as projected paths, each by the code that its documents print.
// Run by hand (`node scripts/make-map.ts`); what it makes is kept in the repository, so that the product needs no network
// and no library to draw it. Data: Natural Earth 1:110m, public domain, as packed by world-atlas (ISC).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { geoArea, geoCentroid, geoNaturalEarth1, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import type { World } from '../shared/trends/map.ts';
import { MAP_CODES, UNCODED } from './map-codes.ts';

const WIDTH = 960;
const HEIGHT = 440;
/** Nobody issues a document there, and it would take a quarter of the map. */
const ANTARCTICA = '010';
/** To a tenth of a unit of the picture. */
const DIGITS = 1;

type Topology = Parameters<typeof feature>[0];
type Shape = GeoJSON.Feature<GeoJSON.Polygon | GeoJSON.MultiPolygon, { name: string }>;

const require = createRequire(import.meta.url);

function shapesOf(file: string): Shape[] {
  const topology = JSON.parse(readFileSync(require.resolve(`world-atlas/${file}`), 'utf8')) as Topology;
  const countries = topology.objects['countries'];
  if (countries === undefined) throw new Error(`${file} has no countries`);
  // Its countries are a collection, which the types of any topology cannot say.
  const found = feature(topology, countries) as unknown as GeoJSON.FeatureCollection;
  return found.features as Shape[];
}

const codeOf = ({ id, properties }: Shape): string | undefined =>
  id === undefined ? UNCODED[properties.name] : MAP_CODES[String(id)];

/** Of several pieces the largest: where a state's dot belongs. */
function mainland({ geometry }: Shape): GeoJSON.Polygon {
  if (geometry.type === 'Polygon') return geometry;
  const pieces = geometry.coordinates.map((coordinates) => ({ type: 'Polygon' as const, coordinates }));
  const [largest] = pieces.toSorted((a, b) => geoArea(b) - geoArea(a));
  if (largest === undefined) throw new Error('a state without land');
  return largest;
}

const coarse = shapesOf('countries-110m.json').filter(({ id }) => id !== ANTARCTICA);
const projection = geoNaturalEarth1().fitSize([WIDTH, HEIGHT], {
  type: 'FeatureCollection',
  features: coarse,
});
const path = geoPath(projection).digits(DIGITS);

function pointOf(shape: Shape): number[] {
  const point = projection(geoCentroid(mainland(shape)));
  if (point === null) throw new Error(`${shape.properties.name} is nowhere`);
  return point.map((each) => Math.round(each * 10 ** DIGITS) / 10 ** DIGITS);
}

const states: Record<string, World['states'][string]> = {};
const land: string[] = [];
for (const shape of coarse) {
  const code = codeOf(shape);
  const drawn = path(shape) ?? '';
  if (code === undefined) land.push(drawn);
  else states[code] = { path: drawn, at: pointOf(shape) };
}
// What is too small to be drawn has a dot all the same.
for (const shape of shapesOf('countries-50m.json')) {
  const code = codeOf(shape);
  if (code !== undefined && states[code] === undefined) states[code] = { path: '', at: pointOf(shape) };
}

const world: World = {
  width: WIDTH,
  height: HEIGHT,
  land,
  states: Object.fromEntries(Object.entries(states).toSorted(([a], [b]) => a.localeCompare(b))),
};
const folder = join(import.meta.dirname, '../assets/map');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'world.json'), `${JSON.stringify(world)}\n`);
