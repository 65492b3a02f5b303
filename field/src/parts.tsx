// SPDX-License-Identifier: AGPL-3.0-or-later
/** The few pieces of which every screen is made. */
import { createContext, type ComponentChildren, type TargetedEvent } from "preact";
import { useContext, useEffect, useReducer, useState } from "preact/hooks";
import type { CallNumber } from "./rules";
import type { Session } from "./session";
import { say, type Word } from "./words";

/** Own drawings, 24 by 24, in the line of the office's icons. */
const ICONS = {
  alarm: "M12 4.500 21 19.500H3zM12 10v4M12 16.700v.1",
  way: "M6 19.500h9a3.500 3.500 0 0 0 0-7H9.500a3.500 3.500 0 0 1 0-7H15M15 3.500v4M18.500 5.500h.1",
  map: "M12 20.500s6.500-6 6.500-10.500a6.500 6.500 0 0 0-13 0C5.500 14.500 12 20.500 12 20.500zM12 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  start: "M6.500 4.500v15L19 12z",
  end: "M6 6h12v12H6z",
  finding: "M11 4.500a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.700 15.700 20.500 20.500",
  traffic: "M5 20 9 4M19 20 15 4M12 5.500v2.500M12 11v2.500M12 16.500V19",
  report: "M4 5h16v11.500h-9.500L6.500 20v-3.500H4zM12 8.200v3M12 13.600v.1",
  book: "M5 4.500h11a3 3 0 0 1 3 3v12H8a3 3 0 0 1-3-3zM9 9h6M9 12.500h6",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.500v5M9 14.500v5",
  clock: "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17zM12 7.500V12l3 2",
  money: "M3.500 7h17v10h-17zM12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5zM6.500 10v.1M17.500 14v.1",
  back: "M14.500 5.500 8 12l6.500 6.500",
  check: "M5 12.500l4.500 4.500L19 7.500",
  phone: "M7 3.500h2.500l1.500 4.500-2 1.500a12 12 0 0 0 5.500 5.500l1.500-2 4.500 1.500V17a3 3 0 0 1-3 3A14.500 14.500 0 0 1 4 6.500a3 3 0 0 1 3-3z",
  person: "M12 4.250a3.750 3.750 0 1 1 0 7.500 3.750 3.750 0 0 1 0-7.500zM5 20.500a7 7 0 0 1 14 0",
} as const;

export type IconName = keyof typeof ICONS;

export const Icon = ({ name }: { name: IconName }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={ICONS[name]} />
  </svg>
);

export const go = (route: string): void => {
  location.hash = `/${route}`;
};

/** Forget the way here: whoever goes back from now on comes to the home screen. */
export const goHome = (): void => {
  location.replace("#/");
};

export function useSession(session: Session): void {
  const [, again] = useReducer((turn: number) => turn + 1, 0);
  useEffect(() => session.onChange(() => again(undefined)), [session]);
}

/** Whether somebody is here who can call for help. */
export const CanCall = createContext(false);

/** At the same place on every screen: calm, and out of the way of other taps. */
export function CallButton() {
  if (!useContext(CanCall) || location.hash === "#/sos") return null;
  return <button class="sos" onClick={() => go("sos")} aria-label={say("sos.title")}>SOS</button>;
}

const NUMBERS = ["113", "114", "115"] as const;

/** 0252 384 7113, as people read it aloud. */
const aloud = (phone: string): string => phone.replace(/^(\d{4})(\d{3})(\d+)$/, "$1\u00a0$2\u00a0$3");

/** The duty room of one's own commune, as one large button; the phone knows the number offline. */
export const Police = ({ numbers }: { numbers: readonly CallNumber[] }) => (
  <>
    {numbers.map(({ id, name, phone }) => (
      <a key={id} class="tile" href={`tel:${phone}`}>
        <Icon name="phone" />
        <span>{say("dial.police")}<small>{aloud(phone)} · {name}</small></span>
      </a>
    ))}
  </>
);

/** What always works where there is a signal, whatever the server does. */
export const Dial = ({ numbers = [] }: { numbers?: readonly CallNumber[] }) => (
  <>
    <Police numbers={numbers} />
    <div class="choices" role="group" aria-label={say("sos.dial")}>
      {NUMBERS.map((number) => (
        <a key={number} class="choice dial" href={`tel:${number}`}>{number}<small>{say(`dial.${number}`)}</small></a>
      ))}
    </div>
  </>
);

/** One thing per screen: a title, its content, and the main button always at the same place. */
export function Screen(props: { title: string; back?: boolean; children: ComponentChildren; foot?: ComponentChildren }) {
  useEffect(() => {
    document.title = props.title;
    scrollTo(0, 0);
  }, [props.title]);
  return (
    <main>
      <header>
        {props.back !== false && (
          <button class="back" onClick={() => history.back()} aria-label={say("back")}>
            <Icon name="back" />
          </button>
        )}
        <h1>{props.title}</h1>
        <CallButton />
      </header>
      <div class="content">{props.children}</div>
      {props.foot && <footer>{props.foot}</footer>}
    </main>
  );
}

/** The one main button; it works once, and says so. */
export function Main(props: { word: Word; act: () => Promise<void> | void; warm?: boolean; alarm?: boolean }) {
  const [busy, setBusy] = useState(false);
  const act = async () => {
    if (busy) return;
    setBusy(true);
    try {
      await props.act();
    } finally {
      setBusy(false);
    }
  };
  return (
    <button class={`main ${props.warm ? "warm" : ""} ${props.alarm ? "alarm" : ""}`} disabled={busy} onClick={() => void act()}>
      {busy ? say("wait") : say(props.word)}
    </button>
  );
}

export function Tile(props: { icon?: IconName; words: string; small?: string; act: () => void; first?: boolean; call?: boolean }) {
  return (
    <button class={`tile ${props.first ? "first" : ""} ${props.call ? "call" : ""}`} onClick={props.act}>
      {props.icon && <Icon name={props.icon} />}
      <span>
        {props.words}
        {props.small && <small>{props.small}</small>}
      </span>
    </button>
  );
}

/** One of a few, as large buttons. */
export function Choice<T extends string | number>(props: {
  title: string; of: readonly (readonly [T, string])[]; is: T; choose: (one: T) => void;
}) {
  return (
    <fieldset>
      <legend>{props.title}</legend>
      <div class={props.of.length === 4 ? "choices even" : "choices"}>
        {props.of.map(([value, words]) => (
          <button type="button" key={value} class="choice" aria-pressed={value === props.is} onClick={() => props.choose(value)}>
            {words}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

export function Text(props: {
  title: string; value: string; put: (text: string) => void; hint?: string; most: number; long?: boolean; suggest?: readonly string[];
}) {
  const shared = {
    value: props.value,
    maxLength: props.most,
    onInput: (event: TargetedEvent<HTMLInputElement | HTMLTextAreaElement>) => props.put(event.currentTarget.value),
  };
  return (
    <label class="text">
      <span>{props.title}</span>
      {props.hint && <small>{props.hint}</small>}
      {props.long ? <textarea rows={5} {...shared} /> : <input type="text" autoComplete="off" {...shared} />}
      {!!props.suggest?.length && (
        <span class="suggestions" role="group" aria-label={say("places")}>
          {props.suggest.slice(0, 6).map((one) => (
            <button type="button" key={one} onClick={() => props.put(props.value ? `${props.value}, ${one}` : one)}>
              {one}
            </button>
          ))}
        </span>
      )}
    </label>
  );
}

export function Tick(props: { words: string; small?: string; is: boolean; put: (is: boolean) => void }) {
  return (
    <label class="tick">
      <input type="checkbox" checked={props.is} onChange={(event) => props.put(event.currentTarget.checked)} />
      <span>
        {props.words}
        {props.small && <small>{props.small}</small>}
      </span>
    </label>
  );
}

export const Trouble = ({ words }: { words: string }) => (words ? <p class="trouble" role="alert">{words}</p> : null);

export const PIN_LENGTH = 6;

/** Six figures; it goes on by itself with the sixth. */
export function Pin(props: { title: string; done: (pin: string) => void; disabled?: boolean }) {
  const [pin, setPin] = useState("");
  return (
    <label class="text pin">
      <span>{props.title}</span>
      <input
        type="password" inputMode="numeric" autoComplete="off" autofocus disabled={props.disabled ?? false}
        maxLength={PIN_LENGTH} value={pin}
        onInput={(event) => {
          const figures = event.currentTarget.value.replace(/\D/g, "").slice(0, PIN_LENGTH);
          setPin(figures.length === PIN_LENGTH ? "" : figures);
          event.currentTarget.value = figures.length === PIN_LENGTH ? "" : figures;
          if (figures.length === PIN_LENGTH) props.done(figures);
        }}
      />
    </label>
  );
}
