import { type ReactNode, useRef } from 'react';

interface PressableProps {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly className?: string | undefined;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly label?: string;
}

/**
 * A button for fingers, sticks and shaky hands (PRODUCT, "Kiosk": double touch, long press and finger slip never issue
 * two or none). A browser's click is lost when the finger slips off the button or rests on it too long; here the press
 * counts when the finger lifts, wherever it lifts, once. Keyboard and assistive technology press as usual.
 */
export function Pressable({ children, onPress, className, disabled = false, pressed, label }: PressableProps) {
  const pointer = useRef<number | null>(null);
  const press = () => {
    if (!disabled) onPress();
  };
  return (
    <button
      type="button"
      className={className}
      aria-disabled={disabled || undefined}
      aria-pressed={pressed}
      aria-label={label}
      onPointerDown={(event) => {
        // A second finger or another mouse button is no press of its own.
        if (pointer.current !== null || !event.isPrimary || event.button !== 0) return;
        pointer.current = event.pointerId;
        event.currentTarget.setPointerCapture?.(event.pointerId);
      }}
      onPointerUp={(event) => {
        if (event.pointerId !== pointer.current) return;
        pointer.current = null;
        press();
      }}
      onPointerCancel={(event) => {
        if (event.pointerId === pointer.current) pointer.current = null;
      }}
      onClick={(event) => {
        // A click that a pointer made (detail 1 and more) has been counted when the pointer lifted. If that press moved
        // things about, the browser sends the click to whatever lies there now: it must not press that, too.
        if (event.detail === 0) press();
      }}
      onContextMenu={(event) => event.preventDefault()}
    >
      {children}
    </button>
  );
}
