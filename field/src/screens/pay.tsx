// SPDX-License-Identifier: AGPL-3.0-or-later
/** One's own pay: month by month, each line with how it came about and the duties it counted. */
import { go, Screen, Tile } from "../parts";
import { dong, inOrder, type Pay as Slip, type PayLine } from "../pay";
import type { Session } from "../session";
import { clockTime, currentLanguage, dayText, say } from "../words";

const monthOf = ({ month }: Slip): string => say("pay.month", { month: month.slice(5), year: month.slice(0, 4) });

const titleOf = (slip: Slip): string =>
  slip.kind === "correction" ? say("pay.correction", { month: monthOf(slip) }) : monthOf(slip);

/** Whether it was paid, on which day, or why not. */
function paidSaid({ paid_on, unpaid }: Slip): string {
  if (paid_on) return say("pay.paid", { day: dayText(paid_on) });
  return unpaid ? say("pay.unpaid", { why: unpaid[currentLanguage()] }) : say("pay.approved");
}

const sumOf = (amount: number): string => dong(amount, currentLanguage());

/** All months, or one of them opened. */
export function Pay({ session, chosen }: { session: Session; chosen: string | undefined }) {
  const { pays } = session.known;
  const slip = pays.find(({ id }) => id === chosen);
  if (slip) return <Month slip={slip} />;
  return (
    <Screen title={say("task.pay")}>
      {!pays.length && <p>{say("pay.none")}</p>}
      {pays.map((one) => (
        <Tile key={one.id} icon="money" words={`${titleOf(one)}: ${sumOf(one.total)}`} small={paidSaid(one)} act={() => go(`pay/${one.id}`)} />
      ))}
      <p class="soft">{say("pay.how")}</p>
    </Screen>
  );
}

function Month({ slip }: { slip: Slip }) {
  const language = currentLanguage();
  return (
    <Screen title={titleOf(slip)}>
      <p class="big">{sumOf(slip.total)}</p>
      <p class={`standing ${slip.unpaid ? "refused" : "accepted"}`}>{paidSaid(slip)}</p>
      <ol class="lines">
        {inOrder(slip.lines).map((line) => <Line key={line} line={line} />)}
      </ol>
      {slip.aside.length > 0 && <p class="big">{say("pay.aside")}</p>}
      <ol class="lines">
        {slip.aside.map(({ day, time, name, why }) => (
          <li key={day + time}>
            <b>{name[language]}</b>
            <span class="when">{dayText(day)}{time && `, ${time}`}</span>
            <span>{why[language]}</span>
          </li>
        ))}
      </ol>
      <p class="soft">{say("pay.wrong")}</p>
    </Screen>
  );
}

/** From when to when; nothing of a day of training, which is a whole day. */
const hoursSaid = (from: string, until: string): string =>
  clockTime(from) === clockTime(until) ? "" : `, ${clockTime(from)}–${clockTime(until)}`;

function Line({ line }: { line: PayLine }) {
  const language = currentLanguage();
  return (
    <li>
      <b>{line.name[language]}{line.amount !== 0 && `: ${sumOf(line.amount)}`}</b>
      <span>{line.said[language]}</span>
      <span class="when">{line.article[language]}</span>
      {line.duties.length > 0 && (
        <details>
          <summary>{say("pay.duties", { n: line.duties.length })}</summary>
          {line.duties.map(({ starts_at, ends_at }) => (
            <p key={starts_at} class="when">{dayText(starts_at)}{hoursSaid(starts_at, ends_at)}</p>
          ))}
        </details>
      )}
    </li>
  );
}
