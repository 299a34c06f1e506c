import type { Page } from "playwright-core";

export interface Notification {
  readonly message: string;
  /** Presses one of its buttons. */
  press(button: string): Promise<void>;
}

/** Waits for a notification with this text, in a corner of the window. */
export async function waitForNotification(
  page: Page,
  text: string | RegExp,
  timeout = 20_000,
): Promise<Notification> {
  const item = page
    .locator(".notifications-toasts .notification-list-item")
    .filter({ hasText: text })
    .first();
  await item.waitFor({ timeout });
  const message = await item.locator(".notification-list-item-message").innerText();
  return {
    message,
    press: (button) => item.getByRole("button", { name: button, exact: true }).click(),
  };
}
