import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Pressable } from './pressable.tsx';

afterEach(cleanup);

function setUp(disabled = false) {
  const onPress = vi.fn();
  render(
    <Pressable onPress={onPress} disabled={disabled}>
      Ziehen
    </Pressable>,
  );
  return { onPress, button: screen.getByRole('button') };
}

const pointer = { pointerId: 1, isPrimary: true, button: 0 };

describe('One press, one ticket: Pressable', () => {
  it('counts a touch once, though the browser sends a click after it', () => {
    const { onPress, button } = setUp();
    fireEvent.pointerDown(button, pointer);
    fireEvent.pointerUp(button, pointer);
    fireEvent.click(button, { detail: 1 });
    expect(onPress).toHaveBeenCalledTimes(1);
  });

  it('is not pressed by the click of a touch that began on something that has moved away', () => {
    const { onPress, button } = setUp();
    fireEvent.click(button, { detail: 1 });
    expect(onPress).not.toHaveBeenCalled();
  });

  it('counts a long press, which brings a context menu and no click', () => {
    const { onPress, button } = setUp();
    fireEvent.pointerDown(button, pointer);
    expect(fireEvent.contextMenu(button)).toBe(false);
    fireEvent.pointerUp(button, pointer);
    expect(onPress).toHaveBeenCalledTimes(1);
  });

  it('takes a second finger on the same button for no press of its own', () => {
    const { onPress, button } = setUp();
    fireEvent.pointerDown(button, pointer);
    fireEvent.pointerDown(button, { pointerId: 2, isPrimary: false, button: 0 });
    fireEvent.pointerUp(button, { pointerId: 2, isPrimary: false, button: 0 });
    fireEvent.pointerUp(button, pointer);
    expect(onPress).toHaveBeenCalledTimes(1);
  });

  it('counts nothing when the system takes the touch away, and the next touch again', () => {
    const { onPress, button } = setUp();
    fireEvent.pointerDown(button, pointer);
    fireEvent.pointerCancel(button, pointer);
    expect(onPress).not.toHaveBeenCalled();
    fireEvent.pointerDown(button, pointer);
    fireEvent.pointerUp(button, pointer);
    expect(onPress).toHaveBeenCalledTimes(1);
  });

  it('is pressed by keyboard and assistive technology through a plain click', () => {
    const { onPress, button } = setUp();
    fireEvent.click(button);
    fireEvent.click(button);
    expect(onPress).toHaveBeenCalledTimes(2);
  });

  it('does nothing while disabled', () => {
    const { onPress, button } = setUp(true);
    fireEvent.pointerDown(button, pointer);
    fireEvent.pointerUp(button, pointer);
    fireEvent.click(button);
    expect(onPress).not.toHaveBeenCalled();
  });
});
