// SPDX-License-Identifier: AGPL-3.0-or-later
/** The map of one's own commune: a drawing, and the same as a list. */
import { draw, HEIGHT, lastVisit, toward, WIDTH, type Drawing, type Place } from "../map";
import type { Point } from "../engine/track";
import { Screen } from "../parts";
import type { Session } from "../session";
import { dayText, say } from "../words";

export function Plan({ session }: { session: Session }) {
  const { spots, patrols } = session.known;
  const at = session.walk?.here(Date.now());
  const here: Point | null = at ? [at.lat, at.long] : null;
  const drawing = draw(spots, here);
  return (
    <Screen title={say("map.title", { place: session.signed?.me.place.name ?? "" })}>
      {drawing ? <Sketch drawing={drawing} /> : <p>{say(spots.length ? "map.no_points" : "map.none")}</p>}
      {drawing && <p class="soft">{say(drawing.here ? "map.how_here" : "map.how")}</p>}
      <ol class="lines spots">
        {spots.map((place) => {
          const visited = lastVisit(place, patrols);
          return (
            <li key={place.id}>
              <b>{place.name}</b>
              {here && <span>{fromHere(here, place)}</span>}
              {visited && <span class="when">{say("map.visited", { day: dayText(visited) })}</span>}
            </li>
          );
        })}
      </ol>
    </Screen>
  );
}

function fromHere(here: Point, place: Place): string {
  const found = toward(here, place);
  return found ? say("map.away", { far: lengthText(found.metres), wind: say(`map.wind.${found.wind}`) }) : "";
}

/** 350 m, 1,2 km */
function lengthText(metres: number): string {
  if (metres < 950) return `${Math.round(metres / 50) * 50} m`;
  return `${(metres / 1000).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} km`;
}

/** The list below says the same to those who cannot see it. */
const Sketch = ({ drawing: { marks, here, bar } }: { drawing: Drawing }) => (
  <svg class="map" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
    {marks.map(({ number, name, x, y, label }) => (
      <g key={number}>
        <circle cx={x} cy={y} r="12" />
        <text class="number" x={x} y={y + 4.5} text-anchor="middle">{number}</text>
        {label && <text x={label.x} y={label.y} text-anchor={label.anchor}>{name}</text>}
      </g>
    ))}
    {here && <path class="here" d={`M${here.x} ${here.y - 12}l9 21-9-5-9 5z`} />}
    <path class="bar" d={`M12 ${HEIGHT - 12}v-5v5h${bar.length}v-5`} />
    <text x={18 + bar.length} y={HEIGHT - 8}>{lengthText(bar.metres)}</text>
    <path class="bar" d={`M${WIDTH - 14} 30v-20l-4 7m4-7l4 7`} />
  </svg>
);
