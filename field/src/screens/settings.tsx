// SPDX-License-Identifier: AGPL-3.0-or-later
import { Choice, go, goHome, Main, Screen } from "../parts";
import type { Session, Theme } from "../session";
import { currentLanguage, say } from "../words";

export function Settings({ session }: { session: Session }) {
  const out = () => {
    session.leave();
    goHome();
  };
  const me = session.signed?.me;
  return (
    <Screen title={say("settings.title")} foot={<Main word="settings.out" act={out} />}>
      {me && <p class="big">{say("settings.me", { name: me.person.name, place: me.place.name })}</p>}
      {session.update && <Update session={session} />}
      <Choice
        title={say("settings.language")} is={currentLanguage()} choose={(one) => void session.speak(one)}
        of={[["vi", "Tiếng Việt"], ["en", "English"]] as const}
      />
      <Choice<Theme>
        title={say("settings.theme")} is={session.theme} choose={(one) => void session.dress(one)}
        of={[["auto", say("theme.auto")], ["light", say("theme.light")], ["dark", say("theme.dark")]]}
      />
      <button class="plain" onClick={() => go("enrol")}>{say("enrol.add")}</button>
      <p class="soft">{say("settings.out.why")}</p>
    </Screen>
  );
}

/** A new version waits until somebody says so: nobody's typing is interrupted. */
export function Update({ session }: { session: Session }) {
  return (
    <p class="update">
      {say("settings.update")}
      <button class="plain" onClick={() => session.update?.postMessage("take over")}>{say("settings.update.go")}</button>
    </p>
  );
}
